"""Stories of China: residents by the calendar year, workers, pensioners (contracts §1, S3, S4)."""

from daftar.config.demo.stories import treated
from daftar.config.demo.stories.stage import Stage
from daftar.terms.outcomes import Reason


def tell(stage: Stage) -> None:
    """All of them."""
    days, facts = stage.days, stage.facts
    paid = stage.someone("female", 48, card_state="issued")
    facts.affiliation(paid, "resident", days.years(-6))
    facts.paid(paid, "resident", days.year_start(-1), days.year_end(), amount=40_000)
    treated.tell_citizen(stage, paid)
    about = "Resident, this year paid; treated in other provinces over years (log-in citizen_cn)"
    stage.covered(paid, about, Reason.YEAR_PAID, days.year_end())

    ahead = stage.someone("male", 53)
    facts.affiliation(ahead, "resident", days.years(-6))
    facts.paid(ahead, "resident", days.year_start(), days.year_end(1), amount=40_000)
    treated.tell_once(stage, ahead)
    stage.covered(
        ahead, "Resident, this year and the next paid; treated elsewhere once", Reason.YEAR_PAID, days.year_end(1)
    )

    unpaid = stage.someone("male", 35, card_state="none")
    facts.affiliation(unpaid, "resident", days.years(-6))
    facts.paid(unpaid, "resident", days.year_start(-2), days.year_end(-1), amount=40_000)
    treated.tell_never(stage, unpaid)
    about = "Resident who has not paid this year; filed elsewhere, never treated there, no card"
    stage.refused(unpaid, about, Reason.YEAR_UNPAID)

    child = stage.someone("female", 8, mobile=paid.mobile)
    facts.affiliation(child, "resident", days.years(-8), category="学生儿童")
    facts.paid(child, "resident", days.year_start(), days.year_end(), amount=38_000)
    stage.covered(child, "Schoolchild, this year paid", Reason.YEAR_PAID, days.year_end())

    worker = stage.main("male", 36)
    treated.tell_worker(stage, worker)
    stage.covered(worker, "Worker in a company, paid up to last month", Reason.CONTRIBUTION_PAID, stage.main_until)

    pensioner = stage.someone("female", 61)
    facts.affiliation(pensioner, "pensioner", days.years(-6))
    treated.tell_pensioner(stage, pensioner)
    stage.covered(pensioner, "Retired worker", Reason.SPELL_IN_FORCE, None)

    stage.refused(stage.someone("male", 19), "Known, and never enrolled", Reason.NO_AFFILIATION)
    nobody = stage.people.make(stage.id_type, "female", days.born(30))
    stage.refused(nobody, "Nobody has this number", Reason.UNKNOWN_PERSON)
