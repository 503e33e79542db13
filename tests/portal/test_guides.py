"""Guide pages with a date and a count, and the home page that lists them (S4.1, S4.27)."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from daftar.portal.guides.guides import GUIDES
from daftar.portal.guides.models import GuideReads
from daftar.portal.guides.services import guide_read
from tests.portal.acting import words

LANGUAGES = ("fa", "zh", "en")
SCRIPT = {"fa": r"[\u0600-\u06ff]", "zh": r"[\u4e00-\u9fff]", "en": r"[A-Za-z]"}
READERS, EACH = 8, 25


@pytest.mark.usefixtures("portal")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_in_every_language_with_its_date_and_count(language: str) -> None:
    for guide in GUIDES:
        page = words(Client().get(f"/{language}/guides/{guide.name}/"))
        with override(language):
            assert str(guide.title) in page
        assert {"fa": "انتشار: ۱ آذر ۱۴۰۵", "zh": "发布日期：2026年11月22日", "en": "Published on 22 November 2026"}[
            language
        ] in page
        assert {"fa": "بازدید: ۱", "zh": "阅读次数：1", "en": "Reads: 1"}[language] in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_a_text_is_in_its_own_script_and_as_long_as_the_others(guide, language: str) -> None:
    with override(language):
        text = re.sub(r"<[^>]+>", " ", render_to_string(guide.text(language)))
    letters = re.sub(r"[\W\d_]", "", text)
    assert len(re.findall(SCRIPT[language], letters)) > 0.9 * len(letters)
    assert len(letters) > 250


@pytest.mark.usefixtures("portal")
def test_reading_counts_and_asking_for_the_head_does_not() -> None:
    client = Client()
    client.get("/en/guides/cover/")
    client.get("/fa/guides/cover/")
    client.head("/en/guides/cover/")
    assert client.post("/en/guides/cover/").status_code == 405
    assert client.get("/en/guides/nowhere/").status_code == 404
    assert [(each.guide, each.reads) for each in GuideReads.objects.all()] == [("cover", 2)]
    assert not client.cookies
    assert "Reads: 2" in words(client.get("/en/"))
    assert {field.name for field in GuideReads._meta.concrete_fields} == {"guide", "reads"}, "nobody's name"


@pytest.mark.usefixtures("portal")
def test_the_count_is_exact_when_many_read_at_once() -> None:
    def read(_: int) -> None:
        try:
            for _turn in range(EACH):
                guide_read("cover")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(READERS) as readers:
        list(readers.map(read, range(READERS)))
    assert GuideReads.objects.get().reads == READERS * EACH


FIVE = {
    "zh": (
        "统筹区开通信息查询",
        "异地定点医疗机构查询",
        "异地就医经办机构查询",
        "参保人登记备案查询",
        "跨省异地就医费用查询",
    ),
    "en": (
        "Pooling regions that are open",
        "Designated institutions elsewhere",
        "Handling agencies for treatment elsewhere",
        "Your registered filings",
        "Expenses of treatment in other provinces",
    ),
    "fa": (
        "مناطق تجمیع باز",
        "مراکز درمانی طرف قرارداد در مناطق دیگر",
        "دفترهای درمان در مناطق دیگر",
        "ثبت‌های شما برای درمان در منطقه دیگر",
        "هزینه‌های درمان در استان‌های دیگر",
    ),
}
OWN = {"zh": "异地就医查询", "fa": "ارتباط بیمه‌ای شما", "en": "Treatment in another region"}


@pytest.mark.usefixtures("portal")
@pytest.mark.parametrize("language", LANGUAGES)
def test_home_has_the_five_services_beside_the_others_the_readers_own_country_first(language: str) -> None:
    response = Client().get(f"/{language}/")
    page = words(response)
    places = [page.index(name) for name in FIVE[language]]
    assert places == sorted(places)
    (first, second) = re.findall(r'<h2 id="services-\w+">([^<]+?)\s*<', response.content.decode())
    assert first == OWN[language]
    assert first != second
    for address in (
        "directory/pooling-regions",
        "directory/institutions",
        "directory/offices",
        "filings",
        "settlements",
    ):
        assert f'href="/{language}/{address}' in response.content.decode()
    for guide in GUIDES:
        assert f'href="/{language}/guides/{guide.name}/"' in response.content.decode()
