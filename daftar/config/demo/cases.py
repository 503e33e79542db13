"""What is under way when the demo begins: `citizen_cn` has submitted the enrolment of two members, and one came back.

So the reviewers of 鹰潭 find a queue, and «办理进度查询» shows a case that waits and one to be corrected (S3.16-S3.19).
"""

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from daftar.config.demo.access import citizens
from daftar.config.demo.bindings import COUNTER
from daftar.config.demo.stories.stage import Story
from daftar.config.demo.stories.waiting import CAME_BACK, WAITS
from daftar.store.keys import Secrets
from daftar.terms.jurisdictions import jurisdictions

CITY, REVIEWER = "cn-360600", "reviewer"
UNIT = {"unit": "360603910001", "unit_name": "示例社区居民委员会", "town": "余江区示例街道"}
RESIDENT = {
    "ethnicity": "汉族",
    "household_kind": "resident",
    "household_address": "江西省鹰潭市余江区示例街道1号",
    "residence_address": "江西省鹰潭市余江区示例街道1号",
}
NOTE = "户口簿照片模糊，请重新上传。"


def submit_cases(secrets: Secrets, stories: list[Story], at: datetime) -> None:
    """Bind both children, submit their enrolments, send one back; once more changes nothing. Wants the reviewers."""
    from django.db import transaction

    from daftar.portal.accounts.models import Account
    from daftar.portal.cases.models import Case
    from daftar.portal.cases.review_services import case_claim, case_send_back
    from daftar.terms.cases import SendBackReason

    principal = citizens(stories)["citizen_cn"]
    applicant = Account.objects.get(person_key=secrets.key(principal.id_type, principal.id_number))
    reviewer = Account.objects.get(user=REVIEWER)
    for story in (each for each in stories if each.about in (WAITS, CAME_BACK)):
        person = secrets.key(story.id_type, story.id_number)
        if Case.objects.filter(person=person).exists():
            continue
        with transaction.atomic():  # an interrupted start leaves all of it or nothing
            case = _submitted(secrets, applicant, person, at)
            if story.about == CAME_BACK:
                case_claim(case=case.pk, by=reviewer, at=at)
                reasons = [SendBackReason.MATERIAL_UNREADABLE]
                case_send_back(case=case.pk, reasons=reasons, note=NOTE, by=reviewer, at=at)


def _submitted(secrets: Secrets, applicant: Any, person: UUID, at: datetime) -> Any:
    """Page by page, as the wizard does it."""
    from daftar.portal.accounts.models import Account
    from daftar.portal.cases.material_services import material_add
    from daftar.portal.cases.materials.checking import check_material
    from daftar.portal.cases.materials.keeping import keep
    from daftar.portal.cases.models import Case
    from daftar.portal.directory.models import PoolingRegion
    from daftar.portal.enrolment.services import enrolment_begin, enrolment_submit, part_save
    from daftar.portal.proxy.acting import Persons
    from daftar.portal.proxy.models import Kinship
    from daftar.portal.proxy.services import bind_at_counter
    from daftar.store.keys import Key
    from daftar.terms.outcomes import Ground

    own, counter = applicant.person_key, Account.objects.get(user=COUNTER)
    bind_at_counter(principal=own, member=person, kinship=Kinship.CHILD, by=counter, at=at)
    case = enrolment_begin(who=Persons(Key(person), Key(own), Ground.PROXY), by=applicant, at=at)
    if not isinstance(case, Case):
        raise RuntimeError(f"the demo's child cannot be enrolled: {case}")
    pooling = PoolingRegion.objects.get(region=CITY, withdrawn=False).code
    starts = jurisdictions()["cn"].today(at).isoformat()
    parts = (
        {"pooling_region": pooling} | UNIT,
        RESIDENT | {"phone": "+867010000077"},
        {"category": "student_or_child", "starts": starts},
    )
    for part in parts:
        case = part_save(case=case, version=case.version, part=part, by=applicant, at=at)
    kept = keep(secrets, uuid4(), check_material("户口簿.jpg", _sheet()))
    material_add(case=case.pk, what="household_register", kept=kept, by=applicant, at=at)
    submitted = enrolment_submit(case=case, version=case.version, by=applicant, at=at)
    if not isinstance(submitted, Case):
        raise RuntimeError(f"the demo's enrolment was not taken in: {submitted}")
    return submitted


def _sheet() -> bytes:
    """A drawn sheet that says what it is: nobody's paper."""
    from PIL import Image, ImageDraw

    sheet = Image.new("RGB", (900, 1200), "white")
    drawing = ImageDraw.Draw(sheet)
    drawing.rectangle((60, 60, 840, 1140), outline="black", width=4)
    for row in range(220, 1100, 80):
        drawing.line((100, row, 800, row), fill="grey", width=2)
    drawing.text((110, 110), "HOUSEHOLD REGISTER - EXAMPLE", fill="black", font_size=36)
    written = BytesIO()
    sheet.save(written, "JPEG")
    return written.getvalue()
