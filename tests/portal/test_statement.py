"""The statement «住院结算单» as page and signed PDF: its fields, its versions, who may open it (S4.24, S4.25)."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from daftar.portal.journal.models import Inquiry
from daftar.portal.people.models import Person
from daftar.portal.settlement.patient import Patient, patient_of
from daftar.portal.settlement.references import reference_of
from daftar.portal.settlement.statement import days_in_hospital
from daftar.terms.digits import to_latin
from tests.portal import settling, world
from tests.portal.acting import words
from tests.portal.reading_paper import pdfsig, pyhanko_accepts, told_by
from tests.portal.settling import refund, settle

pytestmark = pytest.mark.usefixtures("portal")

TITLE = "江西省鹰潭市跨省异地就医住院结算单"


def address(number: str, version: int = 1, language: str = "zh") -> str:
    """Of a statement."""
    return f"/{language}/settlements/expenses/{reference_of(number, version)}/"


def pdf(client: Client, number: str, version: int = 1, language: str = "zh") -> bytes:
    """Its paper."""
    return client.get(f"{address(number, version, language)}statement.pdf").content


def test_it_has_the_fields_of_the_printed_one() -> None:
    settle("A")
    said = words(settling.passed().get(address("A")))
    for field in (
        TITLE,
        "姓名 王伟",
        "性别 男",
        "入院时年龄 45",
        "参保地 江西省鹰潭市",
        "险种 职工基本医疗保险",
        "就医地 上海市黄浦区",
        f"医院名称 {settling.HOSPITAL_NAME}",
        "医院等级 三级甲等",
        "住院类型 普通住院",
        "住院号 ZY000123",
        "出院科室 心血管内科",
        "主要诊断 冠状动脉粥样硬化性心脏病",
        "次要诊断 高血压病",
        "入院日期 2025年3月2日",
        "出院日期 2025年3月9日",
        "住院天数 7",
        "结算流水号 A",
        "总费用 12,500.00",
        "医保支付合计 9,000.00",
        "统筹基金 8,000.00",
        "公务员补助 –",
        "个人现金 3,000.00",
        "起付标准 800.00",
        "统筹支付比例 85.5%",
        "结算时间 2025年3月9日 10:30",
    ):
        assert field in said


def test_identity_and_card_are_masked() -> None:
    settle("A")
    content = settling.passed().get(address("A")).content.decode()
    number = world.RESIDENT[1]
    assert number not in content
    assert f"{number[:3]}•••••••••••••{number[-2:]}" in content


@pytest.mark.parametrize(
    ("admitted", "discharged", "days"),
    [
        (date(2025, 3, 2), date(2025, 3, 2), 1),
        (date(2025, 3, 2), date(2025, 3, 3), 1),
        (date(2025, 3, 2), date(2025, 3, 4), 2),
        (date(2024, 2, 28), date(2024, 3, 1), 2),
    ],
)
def test_days_in_hospital_are_the_difference_and_at_least_one(admitted: date, discharged: date, days: int) -> None:
    assert days_in_hospital(admitted, discharged) == days


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1980, 1, 1), date(2025, 3, 2), 45),
        (date(1980, 3, 2), date(2025, 3, 2), 45),
        (date(1980, 3, 3), date(2025, 3, 2), 44),
        (date(2004, 2, 29), date(2025, 2, 28), 20),
        (date(2004, 2, 29), date(2025, 3, 1), 21),
        (date(2025, 3, 2), date(2025, 3, 2), 0),
        (date(2025, 3, 3), date(2025, 3, 2), None),
        (None, date(2025, 3, 2), None),
    ],
)
def test_the_age_is_that_at_admission(born: date | None, day: date, age: int | None) -> None:
    assert Patient("", "", born, "", "", "").age_on(day) == age


def test_a_person_with_hardly_any_particulars_still_has_a_statement() -> None:
    settle("A", insured_region="", treated_region="", settled_at=None, **dict.fromkeys(settling.SEALED, ""))
    Person.objects.filter(key=world.key_of(world.RESIDENT)).update(birth_date=None, sex="")
    said = words(settling.passed().get(address("A")))
    assert "跨省异地就医住院结算单" in said
    assert "性别" not in said
    assert "主要诊断" not in said
    assert patient_of(world.key_of(world.SILENT)).card == ""


def test_an_earlier_version_says_that_it_is_one_and_the_one_that_stands_leads_to_it() -> None:
    settle("A", 1, total=1_000_000)
    settle("A", 2, kind="correction")
    client = settling.passed()
    now, before = client.get(address("A", 2)), client.get(address("A", 1))
    assert f'href="{address("A", 1)}"' in now.content.decode()
    assert "这是较早的版本" in words(before)
    assert "这是较早的版本" not in words(now)
    assert f'href="{address("A", 2)}"' in before.content.decode()
    assert "总费用 10,000.00" in words(before)
    assert "总费用为10,000.00" in words(before)  # it did not add up
    assert "版本1" in words(client.get("/zh/settlements/expenses/"))


def test_a_refund_and_what_it_takes_back_lead_to_each_other() -> None:
    settle("A")
    refund("R", of="A")
    client = settling.passed()
    assert f'href="{address("A")}"' in client.get(address("R")).content.decode()
    assert f'href="{address("R")}"' in client.get(address("A")).content.decode()
    assert "总费用 \u221212,500.00" in words(client.get(address("R")))


def test_somebody_elses_is_not_there_just_as_one_that_never_was() -> None:
    settle("mine")
    settle("theirs", key=world.key_of(world.PAID))
    client = settling.passed()
    before = Inquiry.objects.count()
    for end in ("", "statement.pdf"):
        theirs = client.get(f"{address('theirs')}{end}")
        never = client.get(f"{address('never')}{end}")
        assert theirs.status_code == never.status_code == 404
        at = reference_of("theirs", 1), reference_of("never", 1)
        assert theirs.content.decode().replace(at[0], at[1]) == never.content.decode()
    assert client.get("/zh/settlements/expenses/mine/").status_code == 404
    assert client.get(f"/zh/settlements/expenses/{'x' * 5000}/").status_code == 404
    assert Inquiry.objects.count() == before


def test_addresses_tell_nothing() -> None:
    number = f"S-{world.RESIDENT[1]}-1"
    settle(number)
    client = settling.passed()
    content = client.get("/zh/settlements/expenses/").content.decode()
    addresses = re.findall(r'href="([^"]+)"', content)
    assert address(number) in addresses
    assert not [each for each in addresses if world.RESIDENT[1] in each]
    made = client.get(f"{address(number)}statement.pdf")
    assert world.RESIDENT[1] not in made.headers["Content-Disposition"]


def test_looking_and_printing_are_journalled_with_what_was_shown() -> None:
    settle("A")
    client = settling.passed()
    client.get(address("A"))
    pdf(client, "A")
    rows = Inquiry.objects.filter(key=world.key_of(world.RESIDENT), mode="statement").order_by("id")
    assert [(row.outcome, row.ground, row.reference) for row in rows] == [
        ("shown", "own", reference_of("A", 1)),
        ("printed", "own", reference_of("A", 1)),
    ]
    assert rows[0].shown == "name sex birth_date number statement"


def test_pdfsig_and_pyhanko_accept_it_and_see_one_changed_byte(tmp_path: Path) -> None:
    settle("A")
    made = pdf(settling.passed(), "A")
    said = pdfsig(made, tmp_path)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert pyhanko_accepts(made)
    place = made.index(b"stream") + 40
    altered = made[:place] + bytes([made[place] ^ 1]) + made[place + 1 :]
    assert "Signature is Valid" not in pdfsig(altered, tmp_path)
    assert not pyhanko_accepts(altered)


@pytest.mark.parametrize(
    ("language", "title", "total"),
    [
        ("zh", TITLE, "12,500.00"),
        ("fa", "صورت‌حساب تسویه بستری در استان دیگر", "۱۲٬۵۰۰٫۰۰"),
        ("en", "inpatient settlement statement for treatment in another province", "12,500.00"),
    ],
)
def test_the_paper_is_in_the_readers_language_on_one_page(
    language: str, title: str, total: str, tmp_path: Path
) -> None:
    settle("A")
    made = pdf(settling.passed(), "A", language=language)
    said = told_by(made, tmp_path)
    assert title.replace("\u200c", "") in said  # pdftotext leaves the joiners out
    assert total in said
    assert "冠状动脉粥样硬化性心脏病" in said
    assert "王伟" in said
    assert world.RESIDENT[1] not in to_latin(said)
    info = subprocess.run(["pdfinfo", tmp_path / "text.pdf"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages:\s+1\b", info)
    assert re.search(r"Tagged:\s+yes", info)
    fonts = subprocess.run(["pdffonts", tmp_path / "text.pdf"], capture_output=True, text=True, check=True).stdout
    assert {line.split()[-5] for line in fonts.splitlines()[2:]} == {"yes"}


def test_the_paper_says_what_does_not_add_up_and_that_it_is_an_earlier_version(tmp_path: Path) -> None:
    settle("A", 1, cash=1)
    settle("A", 2, kind="correction")
    said = told_by(pdf(settling.passed(), "A", 1), tmp_path)
    assert "相差2,999.99" in said.replace(" ", "")
    assert "这是较早的版本" in said
