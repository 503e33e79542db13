"""Places are found by the sound that they have where they are, not by that of a dictionary (S4.4-S4.6, ADR 0014)."""

import csv
from pathlib import Path

import pytest

from daftar.config.environment import ROOT
from daftar.terms.finding import words_of
from daftar.terms.sounds import place_sounds

KINDS = ("自治区", "自治州", "自治县", "地区", "盟", "省", "市", "县", "区", "旗")
TAILS = ("", "人民医院", "第一人民医院", "市中心医院", "中医院")


def _rows(name: str) -> list[dict[str, str]]:
    with Path(ROOT / "data" / "regions" / f"cn-{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PROVINCES = {row["code"]: row["name"] for row in _rows("provinces")}
CITIES = {row["code"]: PROVINCES[row["provinceCode"]] + row["name"] for row in _rows("cities")}
NAMES = [*PROVINCES.values(), *(row["name"] for row in (*_rows("cities"), *_rows("areas")))]
WITHIN = [(CITIES[row["cityCode"]], row["name"]) for row in _rows("areas")]


def sounds(name: str) -> list[str]:
    """The syllables of a name as it is usually read."""
    return words_of(name, "x").split("|")[1].split(" ")


def read_as(name: str) -> set[str]:
    """A name as somebody types its sound."""
    return {part.replace(" ", "") for part in words_of(name, "x").split("|")[1:-1]}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *[
            ("漯河市", "luohe"),
            ("漯河医学高等专科学校附属医院", "luohe"),
            ("长治市", "changzhi"),
            ("长子县", "zhangzi"),
        ],
        *[("天长市", "tianchang"), ("子长市", "zichang"), ("长葛市", "changge"), ("长武县", "changwu")],
        *[("都匀市", "duyun"), ("于都县", "yudu"), ("都昌县", "duchang"), ("郫都区", "pidu"), ("丰都县", "fengdu")],
        *[("成都市", "chengdu"), ("都江堰市", "dujiangyan"), ("四川成都都江堰市", "sichuanchengdudujiangyan")],
        *[("什邡市", "shifang"), ("乌什县", "wushi"), ("喀什市", "kashi"), ("塔什库尔干", "tashikuergan")],
        *[("库尔勒市", "kuerle"), ("阿勒泰市", "aletai"), ("弥勒市", "mile"), ("锡林郭勒盟", "xilinguole")],
        *[("朝阳市", "chaoyang"), ("闵行区", "minhang"), ("马尾区", "mawei"), ("佛冈县", "fogang")],
        *[("佛山市", "foshan"), ("蚌埠市", "bengbu"), ("蚌山区", "bengshan"), ("洪洞县", "hongtong")],
        *[("珲春市", "hunchun"), ("穆棱市", "muling"), ("单县", "shanxian"), ("浚县", "xunxian")],
        *[("涡阳县", "guoyang"), ("繁峙县", "fanshi"), ("荥经县", "yingjing"), ("荥阳市", "xingyang")],
        *[("筠连县", "junlian"), ("泊头市", "botou"), ("覃塘区", "qintang"), ("浪卡子县", "langkazi")],
        *[("崆峒区", "kongtong"), ("伽师县", "jiashi"), ("民乐县", "minle"), ("南乐县", "nanle")],
        *[("乐清市", "yueqing"), ("乐山市", "leshan"), ("万柏林区", "wanbailin"), ("曾都区", "zengdu")],
        *[("歙县", "shexian"), ("黟县", "yixian"), ("枞阳县", "zongyang"), ("犍为县", "qianwei")],
        *[("蔚县", "yuxian"), ("尉犁县", "yuli"), ("尉氏县", "weishi"), ("莘县", "shenxian"), ("隰县", "xixian")],
        *[("中牟县", "zhongmu"), ("渑池县", "mianchi"), ("泌阳县", "biyang"), ("黄陂区", "huangpi")],
        *[("大埔县", "dabu"), ("番禺区", "panyu"), ("东莞市", "dongguan"), ("东阿县", "donge"), ("台州市", "taizhou")],
        *[
            ("重庆市", "chongqing"),
            ("厦门市", "xiamen"),
            ("亳州市", "bozhou"),
            ("盱眙县", "xuyi"),
            ("宿迁市", "suqian"),
        ],
    ],
)
def test_a_place_is_found_by_its_own_sound(name: str, typed: str) -> None:
    assert any(sound.startswith(typed) for sound in read_as(name)), read_as(name)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("六安市", "luan", "liuan"),
        ("六合区", "luhe", "liuhe"),
        ("乐亭县", "laoting", "leting"),
        ("乐陵市", "laoling", "leling"),
        ("铅山县", "yanshan", "qianshan"),
        ("大城县", "daicheng", "dacheng"),
        ("宕昌县", "tanchang", "dangchang"),
        ("略阳县", "lveyang", "lueyang"),
        ("吕梁市", "lvliang", "luliang"),
    ],
)
def test_a_place_that_is_read_in_two_ways_is_found_by_both(name: str, one: str, other: str) -> None:
    found = read_as(name + "人民医院")
    assert all(any(sound.startswith(typed) for sound in found) for typed in (one, other)), found


def test_two_readings_with_the_same_initials_have_them_once() -> None:
    assert words_of("六安市", "x").split("|") == ["六 安 市", "lu an shi", "l a s", "liu an shi", "#x"]


@pytest.mark.parametrize("lead", ["within", "alone"])
def test_a_place_sounds_alike_wherever_it_stands(lead: str) -> None:
    """吉林省长春市 is no governor (省长) of anything."""
    odd = []
    for above, name in WITHIN:
        before = above if lead == "within" else ""
        for tail in TAILS:
            got = sounds(before + name + tail)[len(before) :][: len(name)]
            if got != sounds(name):
                odd.append((before + name + tail, got))
    assert odd == []


def test_a_place_sounds_alike_without_its_kind() -> None:
    odd = {}
    for name in NAMES:
        stem = next((name.removesuffix(kind) for kind in KINDS if name.endswith(kind)), name)
        if len(stem) > 1 and sounds(stem) != sounds(name)[: len(stem)]:
            odd[name] = sounds(stem)
    assert odd.keys() <= {"大城县"}, "大城 is a large city as well"


def test_every_place_of_the_file_exists() -> None:
    assert [name for name in place_sounds() if not any(name in region for region in NAMES)] == []


def test_every_reading_has_a_syllable_for_each_character_and_none_is_told_twice() -> None:
    rows = (ROOT / "daftar/terms/data/cn-place-sounds.txt").read_text(encoding="utf-8").splitlines()
    assert len(rows) == len(place_sounds())
    for name, readings in place_sounds().items():
        assert len(set(readings)) == len(readings) <= 2
        for reading in readings:
            assert len(reading) == len(name)
            assert all(sound.isascii() and sound.islower() for sound in reading)
