"""Every reason and every word of filings, enrolment and proxy has its text, and no text is about nothing."""

from enum import StrEnum

import pytest

from daftar.rules.enrolment import Review
from daftar.rules.enrolment_check import EnrolmentReason
from daftar.rules.filing_decision import FilingReason
from daftar.rules.proxy import CommitmentReason, ServiceReason
from daftar.rules.revocation import RevocationReason
from daftar.terms import texts
from daftar.terms.enrolments import EnrolmentCategory
from daftar.terms.materials import MaterialKind

SECTIONS = {
    "filing_reason": FilingReason,
    "revocation_reason": RevocationReason,
    "enrolment_reason": EnrolmentReason,
    "enrolment_category": EnrolmentCategory,
    "material_kind": MaterialKind,
    "review": Review,
    "proxy_service": ServiceReason,
    "proxy_commitment": CommitmentReason,
}


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_every_word_has_its_text(language: str, section: str) -> None:
    words: type[StrEnum] = SECTIONS[section]
    told = {code for code in texts.catalogue(language) if code.startswith(f"{section}.")}
    assert told == {f"{section}.{word}" for word in words}


def test_the_guides_own_words_stand_in_chinese() -> None:
    assert texts.text("proxy_commitment.of_age", "zh") == (
        "年满16周岁的亲情成员请通过“已办理身份证人员绑定”方式办理绑定，否则无法提交。"
    )
    assert texts.text("enrolment_reason.may_be_enrolled", "zh").rstrip("。") == "该人员可以进行城乡居民参保登记"
