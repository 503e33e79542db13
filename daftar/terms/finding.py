"""Finding by what people type: a name folded, by its sound (pinyin), by its initials, or a code (ADR 0014).

A name is kept as *words*, one text: `鹰 潭 市|ying tan shi|y t s|#cn360600|#360600`. It is found from the beginning
of any word on, spaces or not; a code, behind `#`, from its own beginning, with its country or without.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from persiantools import characters

from daftar.terms.digits import to_latin
from daftar.terms.sounds import sounds

LONGEST = 20
"""Letters of a term; whoever types more is led by as many, and compared by all."""
MOST_TYPED = 100
"""Letters of what is typed that are compared."""
CODE = "#"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_COUNTRY = re.compile(r"^[a-z]{2}-(?=\w)")
_ALIKE = str.maketrans("آأإٱةۀؤئü", "ااااههویv")  # written one way and typed another


def folded(text: str) -> str:
    """What is typed, ready to be compared: letters and digits alone, ك and ي as ک and ی, no case, no spaces."""
    return "".join(_TOKEN.findall(_plain(text)))[:MOST_TYPED]


def words_of(name: str, code: str) -> str:
    """The words of an entry; nothing for one without a name (withdrawn)."""
    plain = _plain(name)
    tokens = _TOKEN.findall(plain)
    if not tokens:
        return ""
    parts = [tokens]
    for syllables in _sounding(plain) if re.search(f"[{_HAN}]", plain) else ():
        parts += [syllables, [each if each.isdigit() else each[0] for each in syllables]]
    return "|".join([*dict.fromkeys(map(" ".join, parts)), *_codes(code)])


def _sounding(plain: str) -> list[list[str]]:
    """The syllables of a name, and once more where a place in it is read in two ways; other words as they are."""
    runs = [sounds(run) if re.match(f"[{_HAN}]", run) else ([run], [run]) for run in _RUN.findall(plain)]
    return [list(chain.from_iterable(each)) for each in zip(*runs, strict=True)]


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
