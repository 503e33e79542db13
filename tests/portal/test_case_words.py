"""Every word of a case has its text in each language."""

from enum import StrEnum

import pytest

from daftar.portal.cases.selectors import Age
from daftar.portal.cases.telling import TO_NOBODY, TO_THE_PERSON, TOLD
from daftar.terms import cases
from daftar.terms.texts import LANGUAGES, catalogue

SECTIONS: dict[str, type[StrEnum]] = {
    "case_kind": cases.CaseKind,
    "case_state": cases.CaseState,
    "case_act": cases.CaseAct,
    "case_not_done": cases.NotDone,
    "case_refusal": cases.RefusalReason,
    "case_send_back": cases.SendBackReason,
    "case_age": Age,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_its_text_and_every_text_its_word(language: str) -> None:
    for section, words in SECTIONS.items():
        told = {code.partition(".")[2] for code in catalogue(language) if code.startswith(f"{section}.")}
        assert told == {word.value for word in words}, section


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_names_the_case(language: str) -> None:
    for code in (*TOLD.values(), TO_THE_PERSON, TO_NOBODY):
        assert "{number}" in catalogue(language)[f"mail.{code}"]
        assert "{number}" in catalogue(language)[f"sms.{code}"]
        assert f"mail_subject.{code}" in catalogue(language)
