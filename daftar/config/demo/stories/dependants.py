"""Stories of spouses, sons and daughters in Iran (S2.13, domain-facts 2.7, contracts §1)."""

from datetime import date

from daftar.config.demo.days import eve_of_birthday, same_day
from daftar.config.demo.facts import Someone
from daftar.config.demo.stories.stage import Stage
from daftar.terms.outcomes import Reason

PROOF_UNTIL = 40
"""Days from today on which the papers of these stories run out: before the cover of any main insured here does."""


def tell(stage: Stage) -> None:
    """All of them."""
    tell_spouses(stage)
    tell_main_insured(stage)
    tell_sons(stage)
    tell_daughters(stage)
    tell_daughters_missing(stage)


def tell_spouses(stage: Stage) -> None:
    """A wife needs nothing; a husband age or disability, and support by his wife."""
    days, facts = stage.days, stage.facts
    wife = stage.someone("female", 43)
    facts.dependant(wife, stage.main(), "spouse", days.years(-10))
    stage.covered(wife, "Wife of an insured worker", Reason.DEPENDANT_IN_FORCE, stage.main_until)

    divorced = stage.someone("female", 37)
    facts.dependant(divorced, stage.main(), "spouse", days.years(-10), days.ago(60))
    stage.refused(divorced, "Divorced two months ago", Reason.DEPENDENCY_ENDED)

    until = days.ago(-PROOF_UNTIL)
    old = husband(stage, 64)
    facts.evidence(old, "dependency", days.ago(100), until, "connector")
    stage.covered(old, "Husband over 60, supported by his insured wife", Reason.DEPENDANT_IN_FORCE, until)

    disabled = husband(stage, 41)
    facts.evidence(disabled, "dependency", days.ago(100), None, "connector")
    facts.evidence(disabled, "disability", days.ago(200), until, "connector")
    stage.covered(disabled, "Disabled husband, supported by his insured wife", Reason.DEPENDANT_IN_FORCE, until)

    young = husband(stage, 41)
    facts.evidence(young, "dependency", days.ago(100), until, "connector")
    stage.refused(young, "Husband below 60 without a disability", Reason.AGE_CONDITION_NOT_MET)
    stage.refused(husband(stage, 66), "Husband over 60, support not shown", Reason.DEPENDENCY_EVIDENCE_MISSING)


def husband(stage: Stage, age: int) -> Someone:
    """A husband who lives on the insurance of his wife."""
    man = stage.someone("male", age)
    stage.facts.dependant(man, stage.main("female", 40), "spouse", stage.days.years(-10))
    return man


def tell_main_insured(stage: Stage) -> None:
    """What a dependant lives on can go: the main insured's cover, or the main insured."""
    days, facts = stage.days, stage.facts
    main = stage.someone("male", 46)
    facts.affiliation(main, "self_employed", days.years(-4))
    facts.paid(main, "self_employed", days.month(-40), days.month(-9), amount=20_000_000)
    wife = stage.someone("female", 44)
    facts.dependant(wife, main, "spouse", days.years(-8))
    stage.refused(wife, "Wife of a man who stopped paying", Reason.MAIN_INSURED_NOT_COVERED)

    late = stage.someone("male", 58, death=days.month_end(-10))
    facts.affiliation(late, "compulsory", days.years(-9))
    facts.paid(late, "compulsory", days.month(-30), days.month(-10), amount=25_000_000)
    widow = stage.someone("female", 55)
    facts.dependant(widow, late, "spouse", days.years(-20))
    about = "Widow without a survivor's pension, ten months after her husband's death"
    stage.refused(widow, about, Reason.MAIN_INSURED_DECEASED)

    recent = stage.someone("male", 49, death=days.month(-1).replace(day=10))
    facts.affiliation(recent, "compulsory", days.years(-7))
    facts.paid(recent, "compulsory", days.month(-20), days.month(-1), amount=25_000_000)
    young_widow = stage.someone("female", 46)
    facts.dependant(young_widow, recent, "spouse", days.years(-15))
    about = "Widow within three months after her husband's death"
    stage.covered(young_widow, about, Reason.SURVIVOR_TERM, days.month(2).replace(day=10))

    orphan = stage.someone("male", 12, mobile=widow.mobile)
    facts.dependant(orphan, late, "son", orphan.birth)
    facts.affiliation(orphan, "survivor", days.month(-9))
    about = "Orphan with a survivor's pension; his mother's mobile is registered for him"
    stage.covered(orphan, about, Reason.SPELL_IN_FORCE, None)


def tell_sons(stage: Stage) -> None:
    """Sons: 19 full years, then a study certificate or a disability."""
    days, facts = stage.days, stage.facts
    father = stage.main()
    boy = son(stage, father, 9)
    about = "Son of nine; his father's mobile asks for him"
    stage.covered(boy, about, Reason.DEPENDANT_IN_FORCE, stage.main_until, mobile=father.mobile)

    soon = son(stage, stage.main(), 18, birth=same_day(days.ago(-20), days.ago(-20).year - 19))
    until = eve_of_birthday(soon.birth, 19)
    stage.covered(soon, "Son who becomes 19 in twenty days", Reason.DEPENDANT_IN_FORCE, until)
    stage.refused(
        son(stage, stage.main(), 20), "Son of 20 without a study certificate", Reason.STUDY_CERTIFICATE_MISSING
    )
    until = days.ago(-PROOF_UNTIL)
    student = son(stage, stage.main(), 21)
    facts.evidence(student, "study_certificate", days.ago(150), until, "connector")
    stage.covered(student, "Student of 21, confirmed by his university", Reason.DEPENDANT_IN_FORCE, until)

    paper = son(stage, stage.main(), 20)
    facts.evidence(paper, "study_certificate", days.ago(150), until)
    about = "Student of 20 whose study certificate an office has seen on paper"
    stage.covered(paper, about, Reason.PROVISIONAL_EVIDENCE, until)

    over = son(stage, stage.main(), 24)
    facts.evidence(over, "study_certificate", days.ago(500), days.ago(70))
    about = "Son of 24 whose study certificate has run out"
    stage.refused(over, about, Reason.STUDY_CERTIFICATE_MISSING)

    disabled = son(stage, stage.main("male", 60), 33)
    facts.evidence(disabled, "disability", days.ago(300), None, "connector")
    stage.covered(disabled, "Disabled son of 33", Reason.DEPENDANT_IN_FORCE, stage.main_until)


def son(stage: Stage, main: Someone, age: int, birth: date | None = None) -> Someone:
    """A son who lives on the insurance of `main`; below 18 he has no mobile of his own."""
    boy = stage.someone("male", age, birth=birth, family_name=main.family_name, has_mobile=age >= 18)
    stage.facts.dependant(boy, main, "son", boy.birth)
    return boy


def tell_daughters(stage: Stage) -> None:
    """Daughters: below 15 nothing is asked."""
    days = stage.days
    mother = stage.main("female", 38)
    child = daughter(stage, mother, 7)
    about = "Daughter of seven; her mother's mobile asks for her"
    stage.covered(child, about, Reason.DEPENDANT_IN_FORCE, stage.main_until, mobile=mother.mobile)

    until = days.ago(-PROOF_UNTIL)
    confirmed = daughter(stage, stage.main(), 22)
    prove(stage, confirmed, until, "connector")
    about = "Daughter of 22, unmarried, not employed, birth certificate confirmed"
    stage.covered(confirmed, about, Reason.DEPENDANT_IN_FORCE, until)

    paper = daughter(stage, stage.main(), 19)
    prove(stage, paper, until, "counter")
    about = "Daughter of 19 whose papers an office has seen"
    stage.covered(paper, about, Reason.PROVISIONAL_EVIDENCE, until)


def tell_daughters_missing(stage: Stage) -> None:
    """One proof missing at a time, and one that has run out."""
    until = stage.days.ago(-PROOF_UNTIL)
    for missing, reason, about in (
        ("birth_certificate_seen", Reason.BIRTH_CERTIFICATE_CHECK_MISSING, "original birth certificate not seen"),
        ("unmarried", Reason.UNMARRIED_EVIDENCE_MISSING, "nothing shows that she is unmarried"),
        ("not_employed", Reason.NOT_EMPLOYED_EVIDENCE_MISSING, "nothing shows that she is not employed"),
    ):
        girl = daughter(stage, stage.main(), 20)
        prove(stage, girl, until, "counter", but=missing)
        stage.refused(girl, f"Daughter of 20, {about}", reason)
    over = daughter(stage, stage.main(), 25)
    prove(stage, over, until, "counter", but="birth_certificate_seen")
    stage.facts.evidence(over, "birth_certificate_seen", stage.days.ago(800), stage.days.ago(80))
    about = "Daughter of 25 whose birth certificate was seen too long ago"
    stage.refused(over, about, Reason.BIRTH_CERTIFICATE_CHECK_MISSING)


def daughter(stage: Stage, main: Someone, age: int) -> Someone:
    """A daughter who lives on the insurance of `main`; below 18 she has no mobile of her own."""
    girl = stage.someone("female", age, family_name=main.family_name, has_mobile=age >= 18)
    stage.facts.dependant(girl, main, "daughter", girl.birth)
    return girl


def prove(stage: Stage, girl: Someone, until: date, source: str, but: str = "") -> None:
    """The three proofs of a daughter, but for one."""
    for kind in ("birth_certificate_seen", "unmarried", "not_employed"):
        if kind != but:
            stage.facts.evidence(girl, kind, stage.days.ago(100), until, source)
