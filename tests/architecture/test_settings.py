"""Every setting that is read is documented, and none is documented that nobody reads."""

import re

from tests.architecture.tree import ROOT, files, named

SETTING = re.compile(r"\bDAFTAR_[A-Z][A-Z_]*\b")
READING = (".py", ".sh", "")
NOT_CODE = ("docs/", "tests/architecture/")


def read_somewhere() -> set[str]:
    """Settings named in code, scripts and the Makefile."""
    found: set[str] = set()
    for path in files():
        if path.suffix in READING and not named(path).startswith(NOT_CODE) and path.name != "LICENSE":
            found |= set(SETTING.findall(path.read_text(encoding="utf-8")))
    return found


def documented() -> set[str]:
    """Settings with a row of their own."""
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `(DAFTAR_[A-Z_]+)` \|", page, re.M))


def test_every_setting_is_documented() -> None:
    """docs/reference/settings.md."""
    assert read_somewhere() - documented() == set()


def test_no_setting_is_documented_that_nobody_reads() -> None:
    """A page that promises more than there is misleads."""
    assert documented() - read_somewhere() == set()


def test_only_config_reads_the_environment() -> None:
    """Wiring happens in one place (style); tests and bench set up their own."""
    reading = [
        named(path)
        for path in files()
        if path.suffix == ".py" and named(path).startswith("daftar/") and not named(path).startswith("daftar/config/")
        if "os.environ" in path.read_text(encoding="utf-8") or "os.getenv" in path.read_text(encoding="utf-8")
    ]
    assert not reading
