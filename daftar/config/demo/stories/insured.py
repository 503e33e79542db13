"""Stories of main insured in Iran: each kind of affiliation, grace, its end, other days, death (contracts §1)."""

from daftar.config.demo.stories.stage import (
    COMPULSORY_GRACE,
    PAID_UNTIL,
    SELF_EMPLOYED_GRACE,
    VOLUNTARY_GRACE,
    Stage,
)
from daftar.terms.outcomes import Reason, Setting


def tell(stage: Stage) -> None:
    """All of them."""
    tell_paid(stage)
    tell_spells(stage)
    tell_without_contribution(stage)
    tell_ended(stage)
    tell_other_days(stage)
    tell_inpatient(stage)
    tell_nobody(stage)


def tell_paid(stage: Stage) -> None:
    """Kinds that live on paid months: last paid month and its grace."""
    days, facts = stage.days, stage.facts
    stage.covered(stage.main(), "Worker, paid up to last month", Reason.CONTRIBUTION_PAID, stage.main_until)

    driver = stage.someone("male", 38)
    facts.affiliation(driver, "self_employed", days.years(-3))
    facts.paid(driver, "self_employed", days.month(-24), days.month(PAID_UNTIL), amount=20_000_000)
    until = days.month_end(PAID_UNTIL + SELF_EMPLOYED_GRACE)
    stage.covered(driver, "Self-employed driver, paid up to last month", Reason.CONTRIBUTION_PAID, until)

    volunteer = stage.someone("female", 41)
    facts.affiliation(volunteer, "voluntary", days.years(-2))
    facts.paid(volunteer, "voluntary", days.month(-20), days.month(PAID_UNTIL), amount=15_000_000)
    until = days.month_end(PAID_UNTIL + VOLUNTARY_GRACE)
    stage.covered(volunteer, "Voluntarily insured, paid up to last month", Reason.CONTRIBUTION_PAID, until)

    late = stage.someone("male", 29)
    facts.affiliation(late, "compulsory", days.years(-2))
    facts.paid(late, "compulsory", days.month(-18), days.month(-3), amount=25_000_000)
    until = days.month_end(-3 + COMPULSORY_GRACE)
    stage.covered(late, "Employer is two months late: the last month of grace", Reason.CONTRIBUTION_PAID, until)

    foreigner = stage.main("male", 33, id_type="ir-foreigner-number")
    stage.covered(foreigner, "Foreign national at work in Iran, paid up", Reason.CONTRIBUTION_PAID, stage.main_until)


def tell_spells(stage: Stage) -> None:
    """Kinds that live on the spell itself."""
    days, facts = stage.days, stage.facts
    pensioner = stage.someone("male", 67)
    facts.affiliation(pensioner, "pensioner", days.years(-5), pensioner_number="700001")
    stage.covered(pensioner, "Pensioner", Reason.SPELL_IN_FORCE, None)

    survivor = stage.someone("female", 62)
    facts.affiliation(survivor, "survivor", days.years(-4), pensioner_number="700002")
    stage.covered(survivor, "Widow with a survivor's pension", Reason.SPELL_IN_FORCE, None)

    jobless = stage.someone("female", 34)
    facts.affiliation(jobless, "unemployment", days.month(-3), days.month_end(5))
    stage.covered(jobless, "Unemployment benefit until a set day", Reason.SPELL_IN_FORCE, days.month_end(5))

    resident = stage.someone("female", 51)
    facts.affiliation(resident, "resident", days.years(-3))
    facts.paid(resident, "resident", days.year_start(), days.year_end(), amount=60_000_000)
    stage.covered(resident, "Resident, this calendar year paid", Reason.YEAR_PAID, days.year_end())


def tell_without_contribution(stage: Stage) -> None:
    """In an affiliation, and yet not covered."""
    days, facts = stage.days, stage.facts
    new = stage.someone("female", 24)
    facts.affiliation(new, "compulsory", days.ago(20))
    stage.refused(new, "New worker, no month paid yet", Reason.NO_CONTRIBUTION)

    lapsed = stage.someone("male", 36)
    facts.affiliation(lapsed, "self_employed", days.years(-4))
    facts.paid(lapsed, "self_employed", days.month(-40), days.month(-8), amount=20_000_000)
    stage.refused(lapsed, "Self-employed, stopped paying eight months ago", Reason.CONTRIBUTION_LAPSED)

    unpaid = stage.someone("male", 47)
    facts.affiliation(unpaid, "resident", days.year_start(-2))
    facts.paid(unpaid, "resident", days.year_start(-1), days.year_end(-1), amount=60_000_000)
    stage.refused(unpaid, "Resident, last year paid, this year not", Reason.YEAR_UNPAID)


def tell_ended(stage: Stage) -> None:
    """After the spell: cover may outlast it by at most two months in compulsory insurance."""
    days, facts = stage.days, stage.facts
    leaver = stage.someone("male", 31)
    facts.affiliation(leaver, "compulsory", days.years(-4), days.month_end(-9))
    facts.paid(leaver, "compulsory", days.month(-36), days.month(-9), amount=25_000_000)
    stage.refused(leaver, "Left work nine months ago", Reason.AFFILIATION_ENDED)

    benefit_over = stage.someone("male", 44)
    facts.affiliation(benefit_over, "unemployment", days.month(-14), days.month_end(-2))
    stage.refused(benefit_over, "Unemployment benefit is used up", Reason.AFFILIATION_ENDED)

    recent = stage.someone("female", 30)
    facts.affiliation(recent, "compulsory", days.years(-3), days.month_end(-1))
    facts.paid(recent, "compulsory", days.month(-24), days.month(-1), amount=25_000_000)
    about = "Left work at the end of last month: cover outlasts the spell by two months"
    stage.covered(recent, about, Reason.CONTRIBUTION_PAID, days.month_end(1))


def tell_other_days(stage: Stage) -> None:
    """Asked about another day than today: the facts and law of that day."""
    days, facts = stage.days, stage.facts
    before = stage.someone("male", 50)
    facts.affiliation(before, "compulsory", days.years(-5), days.month_end(-20))
    facts.paid(before, "compulsory", days.month(-48), days.month(-20), amount=20_000_000)
    about = "Asked about a day two years ago, when he still worked"
    stage.covered(before, about, Reason.CONTRIBUTION_PAID, days.month_end(-18), on=days.month(-24))

    earlier = stage.main("female", 40)
    about = "Asked about a day before her first insurance"
    stage.refused(earlier, about, Reason.NO_AFFILIATION, on=days.years(-7))

    ahead = stage.main("male", 42)
    stage.covered(
        ahead, "Asked about next month's first day", Reason.CONTRIBUTION_PAID, stage.main_until, on=days.month(1)
    )
    far = stage.main("male", 43)
    about = "Asked about a day eight months ahead: nothing is paid for it yet"
    stage.refused(far, about, Reason.CONTRIBUTION_LAPSED, on=days.month(8))


def tell_inpatient(stage: Stage) -> None:
    """Cover by another basic insurer: who pays first is part of the inpatient answer (S2.5)."""
    days, facts = stage.days, stage.facts
    both = stage.main("female", 39)
    facts.other_cover(both, "ir-health", days.years(-1))
    about = "Covered here and by the health insurer: inpatient names both payers in order"
    stage.covered(both, about, Reason.CONTRIBUTION_PAID, stage.main_until, setting=Setting.INPATIENT)

    elsewhere = stage.someone("male", 52)
    facts.affiliation(elsewhere, "voluntary", days.years(-4))
    facts.paid(elsewhere, "voluntary", days.month(-40), days.month(-12), amount=15_000_000)
    facts.other_cover(elsewhere, "ir-armed-forces", days.years(-1))
    about = "Not covered here any more, covered by the armed forces' insurer: inpatient names that payer"
    stage.refused(elsewhere, about, Reason.CONTRIBUTION_LAPSED, setting=Setting.INPATIENT)


def tell_nobody(stage: Stage) -> None:
    """Not in the registry; in it without insurance; dead."""
    days, facts = stage.days, stage.facts
    nobody = stage.people.make(stage.id_type, "male", days.born(40))
    stage.refused(nobody, "Nobody has this number", Reason.UNKNOWN_PERSON)
    stage.refused(stage.someone("male", 23), "Known, and never insured", Reason.NO_AFFILIATION)

    dead = stage.someone("male", 71, death=days.ago(200))
    facts.affiliation(dead, "pensioner", days.years(-9), pensioner_number="700003")
    stage.refused(dead, "Pensioner who died half a year ago", Reason.DECEASED)
    on_the_day = stage.someone("female", 80, death=days.ago(30))
    facts.affiliation(on_the_day, "pensioner", days.years(-9), pensioner_number="700004")
    about = "Asked about the day of death itself, which is still covered"
    stage.covered(on_the_day, about, Reason.SPELL_IN_FORCE, days.ago(30), on=days.ago(30))
