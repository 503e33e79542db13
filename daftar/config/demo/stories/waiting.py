"""Stories of cases: members of `citizen_cn` whose enrolment waits for a reviewer when the demo begins (S3.16-S3.19)."""

from daftar.config.demo.stories.stage import Stage
from daftar.terms.outcomes import Reason

WAITS = "Child of 4, bound to citizen_cn: her enrolment waits for a reviewer of 鹰潭 or 余江"
CAME_BACK = "Child of 8, bound to citizen_cn: his enrolment came back to be corrected"


def tell(stage: Stage) -> None:
    """Both, of 鹰潭; nobody is covered before the enrolment is approved."""
    stage.refused(stage.someone("female", 4, family_name="吴"), WAITS, Reason.NO_AFFILIATION)
    stage.refused(stage.someone("male", 8, family_name="吴"), CAME_BACK, Reason.NO_AFFILIATION)
