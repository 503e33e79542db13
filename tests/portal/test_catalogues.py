"""The three catalogues hold every text of the portal, and nothing else (design §9: three languages as equals)."""

import ast
import re
from collections import Counter
from pathlib import Path

import polib
import pytest

from daftar.portal.theme.catalogues import PORTAL, catalogues, compile_catalogues

TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
BLOCK = re.compile(r"\{%\s*blocktranslate trimmed[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
GAP = re.compile(r"%\(\w+\)s")


def in_templates(folder: Path = PORTAL) -> set[str]:
    """Texts of all templates."""
    found = set()
    for path in folder.rglob("*.html"):
        content = path.read_text(encoding="utf-8")
        found |= {one or other for one, other in TRANSLATE.findall(content)}
        for block in BLOCK.findall(content):
            found.add(re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", " ".join(block.split())))
    return found


def in_code(folder: Path = PORTAL) -> set[str]:
    """Texts of all modules."""
    return {
        node.args[0].value
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "gettext")
        and isinstance(node.args[0], ast.Constant)
    }


def entries(language: str) -> list[polib.POEntry]:
    """Everything that the apps' catalogues of a language say."""
    return [entry for path in catalogues(language) for entry in polib.pofile(str(path))]


def test_each_app_with_a_catalogue_has_all_three() -> None:
    apps = {path.parents[2] for path in catalogues()}
    assert PORTAL / "theme/locale" in apps
    assert {folder.name for app in apps for folder in app.iterdir()} == {"fa", "zh", "en"}
    assert len(catalogues()) == 3 * len(apps)


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_the_catalogues_are_complete(language: str) -> None:
    said = entries(language)
    assert {entry.msgid for entry in said} == in_templates() | in_code()
    assert [entry.msgid for entry in said if not entry.msgstr or entry.fuzzy or entry.obsolete] == []
    assert [each.msgid for each in said if sorted(GAP.findall(each.msgid)) != sorted(GAP.findall(each.msgstr))] == []


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_a_text_stands_in_one_catalogue(language: str) -> None:
    twice = [msgid for msgid, count in Counter(each.msgid for each in entries(language)).items() if count > 1]
    assert twice == []


def test_a_text_stands_with_the_app_that_says_it() -> None:
    """The theme's catalogue holds its own texts, and those of more apps than one."""
    apps = [path for path in PORTAL.iterdir() if path.is_dir()]
    said_by = Counter(text for app in apps for text in in_templates(app) | in_code(app))
    theme = {each.msgid for each in polib.pofile(str(PORTAL / "theme/locale/fa/LC_MESSAGES/django.po"))}
    own = in_templates(PORTAL / "theme") | in_code(PORTAL / "theme")
    assert {text for text in theme - own if said_by[text] == 1} == set()


@pytest.mark.parametrize(("language", "script"), [("fa", r"[\u0600-\u06ff]"), ("zh", r"[\u4e00-\u9fff]")])
def test_texts_are_in_their_own_script(language: str, script: str) -> None:
    same_everywhere = {"Daftar", "FHIR", "USSD"}
    letters = [(each.msgid, re.sub(r"[\W\d_]", "", GAP.sub("", each.msgstr))) for each in entries(language)]
    foreign = [msgid for msgid, text in letters if text and not re.search(script, text)]
    assert set(foreign) <= same_everywhere


def test_compiling_needs_no_gettext(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "theme/locale/fa/LC_MESSAGES"
    folder.mkdir(parents=True)
    source = PORTAL / "theme/locale/fa/LC_MESSAGES/django.po"
    (folder / "django.po").write_bytes(source.read_bytes())
    monkeypatch.setattr("daftar.portal.theme.catalogues.PORTAL", tmp_path)
    compile_catalogues()
    assert len(polib.mofile(str(folder / "django.mo"))) == len(polib.pofile(str(source)))
