"""The page docs/reference/who-sees-what.md says what the table says, cell by cell."""

import re
from pathlib import Path

from daftar.disclosure.affiliation.faults import LONGEST_LETTER_NUMBER
from daftar.disclosure.who_sees_what import WHO_SEES_WHAT, Role, Seen
from daftar.terms.outcomes import AffiliationOutcome

PAGE = Path(__file__).parents[2] / "docs/reference/who-sees-what.md"
KINDS = {"ordinary": ("fund", "own"), "courts": ("judicial", "quasi_judicial")}


def test_every_cell_of_the_page_is_a_cell_of_the_table_and_the_other_way_round() -> None:
    written = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 8 or cells[1] not in set(AffiliationOutcome):
            continue
        seen = Seen(*(tuple(cell.split()) for cell in cells[3:]))
        for askers in cells[0].split(", "):
            for kind in KINDS[askers]:
                for role in cells[2].split(", "):
                    written[kind, AffiliationOutcome(cells[1]), Role(role)] = seen
    assert written == WHO_SEES_WHAT


def test_the_page_names_the_longest_letter() -> None:
    assert re.search(rf"longer than {LONGEST_LETTER_NUMBER} characters", PAGE.read_text(encoding="utf-8"))
