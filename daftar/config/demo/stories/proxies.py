"""Stories of S3: people to be bound, enrolled and filed for; of each way of binding, and of each refusal, somebody."""

from datetime import timedelta

from daftar.config.demo.days import same_day
from daftar.config.demo.facts import Someone
from daftar.config.demo.stories.stage import Stage
from daftar.config.demo.stories.treated import tell_unsettled
from daftar.terms.outcomes import Reason

SIXTEEN = 16
BOUND = "Elder who is bound to citizen_cn already: choose her at «本人»"


def tell(stage: Stage) -> None:
    """All of them, insured in 鹰潭."""
    days = stage.days
    elder = stage.someone("female", 78, family_name="周")
    _paid(stage, elder, "普通居民")
    about = "Elder without a smartphone: bind her at a counter, or by face check once a counter has photographed her"
    stage.covered(elder, about, Reason.YEAR_PAID, days.year_end())

    child = stage.someone("male", 6, mobile=elder.mobile)
    _paid(stage, child, "学生儿童")
    stage.covered(
        child, "Child without identity card: bind him by commitment letter", Reason.YEAR_PAID, days.year_end()
    )

    carded = stage.someone("female", 12, mobile=elder.mobile, id_card_issued=days.ago(200))
    _paid(stage, carded, "学生儿童")
    about = "Child with an identity card on record: the commitment letter is refused"
    stage.covered(carded, about, Reason.YEAR_PAID, days.year_end())

    tomorrow = days.today + timedelta(days=1)
    nearly = stage.someone("male", 0, birth=same_day(tomorrow, tomorrow.year - SIXTEEN), mobile=elder.mobile)
    _paid(stage, nearly, "学生儿童")
    about = "Becomes 16 on the day after the demo was made: the commitment letter stands for one day"
    stage.covered(nearly, about, Reason.YEAR_PAID, days.year_end())

    today = days.today
    sixteen = stage.someone("female", 0, birth=same_day(today, today.year - SIXTEEN), mobile=elder.mobile)
    _paid(stage, sixteen, "学生儿童")
    about = "16 on the day on which the demo was made: the commitment letter is refused with the guide's sentence"
    stage.covered(sixteen, about, Reason.YEAR_PAID, days.year_end())

    newborn = stage.someone("female", 0, birth=days.ago(20), mobile=elder.mobile)
    stage.refused(newborn, "Newborn, 20 days old, not enrolled yet: enrol her as newborn", Reason.NO_AFFILIATION)
    friend = stage.someone("male", 41)
    stage.refused(friend, "Friend who never enrolled: no relative, can be bound all the same", Reason.NO_AFFILIATION)
    bound = stage.someone("female", 74, family_name="吴")
    _paid(stage, bound, "普通居民")
    stage.covered(bound, BOUND, Reason.YEAR_PAID, days.year_end())
    tell_unsettled(stage, bound)


def _paid(stage: Stage, person: Someone, category: str) -> None:
    """Enrolled as a resident from birth or for years, this year paid."""
    days = stage.days
    stage.facts.affiliation(person, "resident", max(person.birth, days.years(-6)), category=category)
    stage.facts.paid(person, "resident", days.year_start(), days.year_end(), amount=40_000)
