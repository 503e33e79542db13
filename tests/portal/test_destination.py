"""The public page "where does my filing count?" (S4.7, S4.8)."""

from datetime import date

import pytest
from django.test import Client

from daftar.portal.directory.models import Region
from daftar.portal.journal.models import Inquiry
from daftar.terms.texts import LANGUAGES, text
from tests.portal.acting import words
from tests.portal.filing_ground import BEIJING, HANGZHOU, NINGBO, ZHEJIANG, regions

pytestmark = pytest.mark.usefixtures("portal")
PAGE = "/en/directory/destination/"


@pytest.fixture(autouse=True)
def _regions(portal: str) -> None:
    regions()


def asked(query: str, language: str = "en", status: int = 200) -> str:
    """The words of the page."""
    response = Client().get(f"/{language}/directory/destination/?{query}")
    assert response.status_code == status
    return words(response)


def test_without_a_destination_the_rule_is_told() -> None:
    page = asked("")
    assert "These regions need no city" in page
    for name in ("北京市", "天津市", "上海市", "重庆市", "海南省", "西藏自治区", "The 25 capitals", "石家庄市"):
        assert name in page
    assert "海口市" not in page
    assert "人社厅发〔2017〕162号" in page
    assert Inquiry.objects.count() == 0


def test_the_guides_words_in_chinese() -> None:
    assert "备案到就医省份北京市即可，不用备案到地市和区县" in asked(f"province={BEIJING}", "zh")
    page = asked(f"province={ZHEJIANG}&city={ZHEJIANG}", "zh")
    assert "省本级和省会城市所有跨省定点医疗机构均支持直接结算" in page
    assert "人社厅发〔2017〕162号" in page


def test_in_persian_with_its_figures() -> None:
    page = asked(f"province={BEIJING}", "fa")
    assert "ثبت برای 北京市 بس است" in page
    assert "۱۶ منطقه در آن است" in page


def test_beijing_opens_itself_and_lists_what_lies_in_it() -> None:
    page = asked(f"province={BEIJING}")
    assert "Filing to 北京市 is enough" in page
    assert "16 regions lie in it" in page
    assert "东城区" in page


def test_the_capital_opens_the_provincial_level_too() -> None:
    page = asked(f"city={HANGZHOU}")
    assert "Filing to 浙江省 杭州市" in page
    assert "or to its capital opens all institutions of both" in page
    assert "浙江省 – provincial level (省本级)" in page


def test_another_city_opens_itself_alone() -> None:
    page = asked(f"province={ZHEJIANG}&city={NINGBO}")
    assert "The filing counts in 宁波市" in page
    assert "provincial level (省本级) of" not in page


def test_the_regions_link_to_their_institutions() -> None:
    client = Client()
    content = client.get(f"{PAGE}?city={HANGZHOU}").content.decode()
    link = f"/en/directory/institutions/?region={HANGZHOU}"
    assert f'href="{link}"' in content
    assert f'href="/en/directory/institutions/?region={ZHEJIANG}"' not in content, "its own level is not all of it"
    assert "杭州市" in words(client.get(link))


def test_a_province_alone_asks_for_the_city() -> None:
    page = asked(f"province={ZHEJIANG}")
    assert "it matters which city you file to" in page
    assert "杭州市 – capital" in page


def test_the_law_of_other_days() -> None:
    assert "For 31 December 2017 no rule is on record" in asked(f"province={BEIJING}&starts=2017-12-31")
    page = asked(f"city={NINGBO}&starts=2017-06-01&ends=2023-06-30")
    assert "1 June 2017 to 31 December 2017 For 1 June 2017 no rule is on record" in page
    assert "1 January 2018 to 30 June 2023" in page
    assert "人社厅发〔2017〕162号, as in force on 1 January 2018" in page


def test_days_of_both_calendars() -> None:
    assert "18 September 2022" in asked(f"province={BEIJING}&starts=1401/06/27")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("province=cn-990000", "unknown_region"),
        (f"province={ZHEJIANG}&city=cn-339900", "unknown_region"),
        ("province=%00", "unknown_region"),
        (f"province={'x' * 5000}", "unknown_region"),
        (f"province={ZHEJIANG}&city=", "region_needed"),
        (f"province={BEIJING}&starts=2026-05-02&ends=2026-05-01", "period_reversed"),
        (f"province={BEIJING}&ends=2026-05-01", "period_without_start"),
        (f"province={BEIJING}&starts=1949-12-31", "service_day_out_of_range"),
        (f"province={BEIJING}&starts=2190-01-01", "service_day_out_of_range"),
        (f"province={BEIJING}&starts=tomorrow", "not_a_day"),
        (f"province={BEIJING}&starts=2026-02-30", "not_a_day"),
    ],
)
def test_what_cannot_be_answered_is_said_clearly(query: str, code: str) -> None:
    for language in LANGUAGES:
        assert text(f"input.{code}", language) in asked(query, language, status=422)


def test_htmx_brings_the_cities_alone() -> None:
    headers = {"hx-request": "true", "hx-target": "picker-city"}
    part = Client().get(f"{PAGE}?province={ZHEJIANG}", headers=headers)
    assert "<html" not in part.content.decode()
    assert "Now choose the city: 12 to choose from." in words(part)
    assert "宁波市" in words(part)
    stopped = words(Client().get(f"{PAGE}?province={BEIJING}", headers=headers))
    assert "there is no city to choose" in stopped
    assert words(Client().get(f"{PAGE}?province=", headers=headers)) == ""


def test_an_empty_directory_breaks_nothing() -> None:
    Region.objects.all().delete()
    assert "The rule" in asked("")
    asked(f"province={BEIJING}", status=422)


def test_a_county_of_hubei_directly_below_the_province_is_offered_as_a_city() -> None:
    page = asked("province=cn-420000&city=cn-429004")
    assert "The filing counts in 仙桃市" in page
    assert "省直辖县级行政区划" not in page


def test_a_region_below_the_country_that_is_no_province_counts_nowhere() -> None:
    """S4.7: nothing says what filing to it opens."""
    Region.objects.filter(code=NINGBO).update(parent="cn")
    page = asked(f"province={NINGBO}&city=cn-330203")
    assert "does not know this place of treatment" in page
    assert "counts in" not in page.split("The rule")[0]


def test_the_day_is_the_insurers_today() -> None:
    year = str(date.today().year)
    assert year in asked(f"province={BEIJING}").split("as in force on")[1][:20]
