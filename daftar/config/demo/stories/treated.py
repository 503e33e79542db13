"""Treatment in other regions of the stories' persons of China: what S4's pages have to show (S4.16-S4.25)."""

from daftar.config.demo.facts import Someone
from daftar.config.demo.stories.stage import Stage
from daftar.config.demo.treatment import EMPLOYEE, RESIDENT, Patient, Stay, Treatment

SHANGHAI, SHANGHAI_HOSPITAL = "cn-310000", "H31000099001"
HANGZHOU, HANGZHOU_HOSPITAL = "cn-330100", "H33010099001"
GUANGZHOU, GUANGZHOU_HOSPITAL = "cn-440100", "H44010099002"
BEIJING, BEIJING_HOSPITAL = "cn-110000", "H11000099002"
UNKNOWN_HOSPITAL = "H99999999999"
"""Of no list: pages show its code."""
HOME = "cn-360600"
YEAR = 365


def patient(someone: Someone, insurance_type: str = RESIDENT) -> Patient:
    """A story's person as who is treated: insured in Yingtan."""
    return Patient(someone.identifier, someone.office, HOME, insurance_type)


def tell_citizen(stage: Stage, someone: Someone) -> None:
    """Who can log in has everything: years, refunds of both shapes, a correction, amounts that do not add up."""
    days, treatment, who = stage.days, Treatment(stage.facts, stage.days), patient(someone)
    treatment.filing(who, "referral", SHANGHAI, days.ago(4 * YEAR), days.ago(4 * YEAR - 180))
    treatment.filing(who, "other_temporary", BEIJING, days.ago(2 * YEAR), days.ago(2 * YEAR - 90), "cancelled")
    treatment.filing(who, "emergency", GUANGZHOU, days.ago(YEAR + 40), days.ago(YEAR - 50))
    treatment.filing(who, "long_term_resident", HANGZHOU, days.ago(300))

    treatment.settlement(who, Stay(SHANGHAI_HOSPITAL, days.ago(4 * YEAR - 5), 12, 4_865_312, "骨科"))
    twice = Stay(SHANGHAI_HOSPITAL, days.ago(4 * YEAR - 70), 6, 1_204_550, "骨科")
    first = treatment.settlement(who, twice)
    treatment.settlement(who, twice, kind="refund", refers_to=first)
    treatment.settlement(who, Stay(SHANGHAI_HOSPITAL, days.ago(4 * YEAR - 70), 6, 1_186_200, "骨科"))

    corrected = Stay(BEIJING_HOSPITAL, days.ago(3 * YEAR - 20), 9, 2_310_075, "眼科")
    number = treatment.settlement(who, corrected)
    right = Stay(BEIJING_HOSPITAL, corrected.admitted, 9, 2_298_075, "眼科")
    treatment.settlement(who, right, number=number, version=2, kind="correction")

    odd = Stay(UNKNOWN_HOSPITAL, days.ago(2 * YEAR - 30), 5, 903_340, "消化内科")
    treatment.settlement(who, odd, fund_total=600_000, cash=1)
    taken_back = Stay(GUANGZHOU_HOSPITAL, days.ago(YEAR + 38), 3, 512_080, "心内科")
    number = treatment.settlement(who, taken_back)
    treatment.settlement(who, taken_back, number=number, version=2, kind="refund")
    treatment.settlement(who, Stay(GUANGZHOU_HOSPITAL, days.ago(YEAR + 30), 17, 8_940_610, "心内科"))
    treatment.settlement(who, Stay(HANGZHOU_HOSPITAL, days.ago(240), 7, 1_377_900, "心内科"))
    treatment.settlement(who, Stay(HANGZHOU_HOSPITAL, days.ago(150), 0, 86_400, "眼科"))
    treatment.settlement(who, Stay(HANGZHOU_HOSPITAL, days.ago(120), 4, 640_000, "眼科"), direct=False)
    treatment.settlement(who, Stay(HANGZHOU_HOSPITAL, days.ago(45), 10, 2_057_333, "呼吸内科"))


def tell_once(stage: Stage, someone: Someone) -> None:
    """A single stay: both questions of the quiz are about it."""
    treatment, who = Treatment(stage.facts, stage.days), patient(someone)
    treatment.filing(who, "other_temporary", SHANGHAI, stage.days.ago(100), stage.days.ago(20))
    treatment.settlement(who, Stay(SHANGHAI_HOSPITAL, stage.days.ago(90), 8, 1_999_990, "普外科"))


def tell_never(stage: Stage, someone: Someone) -> None:
    """Filed, and never treated there: no question can be made (S4.28)."""
    treatment = Treatment(stage.facts, stage.days)
    treatment.filing(patient(someone), "long_term_resident", GUANGZHOU, stage.days.ago(200))


def tell_unsettled(stage: Stage, someone: Someone) -> None:
    """Back from the hospital, and the stay is not settled yet: the filing cannot be revoked (S3.26)."""
    treatment, who = Treatment(stage.facts, stage.days), patient(someone)
    treatment.filing(who, "other_temporary", SHANGHAI, stage.days.ago(60))
    stay = Stay(SHANGHAI_HOSPITAL, stage.days.ago(25), 9, 1_530_420, "骨科")
    treatment.settlement(who, stay, settled=False)


def tell_worker(stage: Stage, someone: Someone) -> None:
    """Posted elsewhere; pays what is left from the own account and in cash."""
    treatment, who = Treatment(stage.facts, stage.days), patient(someone, EMPLOYEE)
    treatment.filing(who, "posted_worker", SHANGHAI, stage.days.ago(2 * YEAR))
    for ago, total in ((500, 745_020), (130, 1_118_845)):
        treatment.settlement(who, Stay(SHANGHAI_HOSPITAL, stage.days.ago(ago), 5, total, "消化内科"))


def tell_pensioner(stage: Stage, someone: Someone) -> None:
    """Resettled near her children, in hospital twice a year."""
    treatment, who = Treatment(stage.facts, stage.days), patient(someone, EMPLOYEE)
    treatment.filing(who, "retired_resettled", HANGZHOU, stage.days.ago(6 * YEAR))
    for turn in range(11):
        stay = Stay(
            HANGZHOU_HOSPITAL, stage.days.ago(60 + 183 * turn), 6 + turn % 5, 900_000 + 71_113 * turn, "神经内科"
        )
        treatment.settlement(who, stay)
