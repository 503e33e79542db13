"""The README lists every Debian package that a step installs or asks for (issue 2, set-up)."""

import re

from tests.architecture.tree import ROOT, files

ASKED = re.compile(r'debian\.sh"? "[^"]+" ([^|&;>\n]+)')
PYTHONS_OWN = ("$version-venv", "python3.N-venv")


def test_each_package_that_a_step_asks_for_is_in_the_readme() -> None:
    steps = [ROOT / "Makefile", *(path for path in files() if path.parent == ROOT / "scripts")]
    asked = [words.split() for path in steps for words in ASKED.findall(path.read_text(encoding="utf-8"))]
    assert len(asked) > 8
    words = {word.strip('"').replace(*PYTHONS_OWN) for each in asked for word in each}
    packages = words - {"2"}  # of 2>/dev/null
    table = re.findall(r"^\| (`.+) \| .+ \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    listed = {name for cell in table for name in re.findall(r"`([^`]+)`", cell)}
    assert packages - listed == set()
    assert {"make", "git", "curl", "npm"} <= listed
