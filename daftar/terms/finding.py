"""Finding by what people type: a name folded, by its sound (pinyin), by its initials, or a code (ADR 0014).

A name is kept as *words*, one text: `鹰 潭 市|ying tan shi|y t s|#cn360600|#360600`. It is found from the beginning
of any word on, spaces or not; a code, behind `#`, from its own beginning, with its country or without.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from persiantools import characters

from daftar.terms.digits import to_latin

LONGEST = 20
"""Letters of a term; whoever types more is compared by as many."""
CODE = "#"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_COUNTRY = re.compile(r"^[a-z]{2}-(?=\w)")
_ALIKE = str.maketrans("آأإٱةۀؤئü", "ااااههویv")  # written one way and typed another


def folded(text: str) -> str:
    """What is typed, ready to be compared: letters and digits alone, ك and ي as ک and ی, no case, no spaces."""
    return "".join(_TOKEN.findall(_plain(text)))[:LONGEST]


def words_of(name: str, code: str) -> str:
    """The words of an entry; nothing for one without a name (withdrawn)."""
    plain = _plain(name)
    tokens = _TOKEN.findall(plain)
    if not tokens:
        return ""
    parts = [tokens]
    if re.search(f"[{_HAN}]", plain):
        sounds = [sound for run in _RUN.findall(plain) for sound in _sounds(run)]
        parts += [sounds, [sound if sound.isdigit() else sound[0] for sound in sounds]]
    return "|".join([*map(" ".join, parts), *_codes(code)])


def _codes(code: str) -> list[str]:
    """A code, and without its country: official lists print 360600 for cn-360600."""
    plain = _plain(code)
    return list(dict.fromkeys(CODE + "".join(_TOKEN.findall(each)) for each in (plain, _COUNTRY.sub("", plain))))


def terms_of(words: str) -> Iterator[tuple[bool, str]]:
    """The terms under which words are found: whether from the very beginning, and the term."""
    found = set()
    for part in words.split("|") if words else ():
        tokens = part.split(" ")
        for place in range(len(tokens)):
            term = "".join(tokens[place:])[:LONGEST]
            if (place == 0, term) not in found:
                found.add((place == 0, term))
                yield place == 0, term


def begins_a_word(typed: str) -> re.Pattern[str]:
    """Finds folded text in words, where a word begins; a code only from its own beginning."""
    return re.compile("(?:^|[ |])" + " ?".join(map(re.escape, typed)))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", to_latin(text))
    return str(characters.ar_to_fa(plain)).casefold().translate(_ALIKE)


def _sounds(run: str) -> Iterator[str]:
    """The syllables of a run of Chinese characters; another word as it is."""
    if not re.match(f"[{_HAN}]", run):
        yield run
        return
    from pypinyin.seg.mmseg import seg  # loaded where names come in; pages that only search do without

    for word in seg.cut(run):
        yield from _syllables(word)


@lru_cache(maxsize=100_000)
def _syllables(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(_plain(sound) for sound in lazy_pinyin(word, errors=_one_by_one))


def _one_by_one(unknown: str) -> Any:
    """Characters without a sound stand for themselves."""
    return list(unknown)
