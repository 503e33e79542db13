"""How Chinese names sound (pinyin): places as they are called there, all else as the dictionary has it (ADR 0014).

Dictionaries read 漯河 as Tahe and 长治 as Zhangzhi: a character has its most usual reading, not that of the place.
`data/cn-place-sounds.txt` has the places where they err, and characters that names read otherwise than texts do.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

Sounds = tuple[str, ...]


def sounds(run: str) -> tuple[list[str], list[str]]:
    """The syllables of a run of Chinese characters: as it is usually read, and as it is read as well.

    They differ where a place is called one way and written another in official lists: Lu'an and Liu'an for 六安.
    """
    readings = [_readings(word) for word in _words(run)]
    usual = [sound for each in readings for sound in each[0]]
    return usual, [sound for each in readings for sound in each[-1]]


def _words(run: str) -> Iterator[str]:
    """Places first, for a dictionary cuts 省长 (a governor) out of 吉林省长春市."""
    from pypinyin.seg.mmseg import seg  # loaded where names come in; pages that only search do without

    for number, piece in enumerate(_places().split(run)):
        if number % 2:
            yield piece
        else:
            yield from seg.cut(piece)


@cache
def place_sounds() -> dict[str, tuple[Sounds, ...]]:
    """Places and characters with their readings, the usual one first."""
    rows = files("daftar.terms").joinpath("data/cn-place-sounds.txt").read_text(encoding="utf-8").splitlines()
    named = (row.split(" ", 1) for row in rows)
    return {name: tuple(tuple(each.split()) for each in readings.split(",")) for name, readings in named}


@cache
def _places() -> re.Pattern[str]:
    """Finds a place, the longest that begins there."""
    return re.compile(f"({'|'.join(sorted(filter(_is_place, place_sounds()), key=len, reverse=True))})")


def _is_place(name: str) -> bool:
    return len(name) > 1


@lru_cache(maxsize=100_000)
def _readings(word: str) -> tuple[Sounds, ...]:
    from pypinyin import lazy_pinyin

    known = place_sounds().get(word)
    return known or (tuple(sound.replace("ü", "v") for sound in lazy_pinyin(word, errors=_one_by_one)),)


def _one_by_one(unknown: str) -> Any:
    """Characters without a sound stand for themselves."""
    return list(unknown)
