"""One dialogue: where in the menu it is, what it last showed, and what a typed word does to it. No database here."""

import hashlib
from dataclasses import dataclass

import msgspec

from daftar.gate.ussd import menu, screens
from daftar.gate.ussd.menu import PLACES, Errand
from daftar.terms.bare_numbers import DOUBTFUL, possible_identifiers
from daftar.terms.digits import to_latin
from daftar.terms.identifiers import Identifier, read_identifier
from daftar.terms.jurisdictions import Jurisdiction, jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.tracking_codes import read_tracking_code

MOST_WRONG = 3  # in a row
MOST_TURNS = 60
LONGEST_WORD = 64
_FOREIGNERS = "ir-foreigner-number"  # has no check digit: a mistyped number is never taken for it unasked


class Dialogue(msgspec.Struct):
    """What is kept, sealed, between two words of a telephone; wiped minutes after the last one."""

    jurisdiction: str
    language: str
    place: str = menu.MENU
    screen: str = ""
    ended: bool = False
    turns: int = 0
    wrong: int = 0
    registered: bool = False  # the number is a provider's
    organisations: list[tuple[str, str]] = []  # code and name of those that may ask today
    first_shown: int = 0
    organisation: str = ""
    code: str = ""  # the tracking code that an objection would be about
    doubted: str = ""  # a number that is right only if it is a foreign national's
    why: list[str] = []
    rest: list[str] = []
    heard: list[str] = []  # marks of the words taken: a repeated one is known by it
    begun: list[int] = []  # when the number dialled in the last minute, where its gateway names no sessions

    @property
    def hotline(self) -> str:
        """The hotline of the caller's country."""
        return self.home.hotline

    @property
    def home(self) -> Jurisdiction:
        """The jurisdiction of the caller's country."""
        return jurisdictions()[self.jurisdiction]

    def show(self, place: str, *, heading: str = "", **values: str) -> None:
        """Go to a place and show its screen."""
        self.place = place
        self.screen = screens.screen(place, self.language, heading=heading, providers=self.registered, **values)

    def tell(self, heading: str, /, **values: str) -> None:
        """Say a last word."""
        self.end(screens.words(heading, self.language, **({"hotline": self.hotline} | values)))

    def end(self, screen: str) -> None:
        """Show a last screen."""
        self.screen, self.ended = screen, True

    def turn_pages(self) -> None:
        """Show the next of the screens that are left."""
        top, *self.rest = self.rest
        if self.rest:
            self.place, self.screen = menu.PAGES, screens.page(top, menu.PAGES, self.language)
        else:
            self.end(top)

    def begin_pages(self, screens_left: list[str]) -> None:
        """Show the first of several screens."""
        self.rest = list(screens_left)
        self.turn_pages()

    def choose_organisation(self) -> None:
        """Ask in whose name the number asks, a few at a time."""
        count = screens.ORGANISATIONS_A_PAGE
        shown = [name for _, name in self.organisations[self.first_shown : self.first_shown + count]]
        self.place = menu.ORGANISATION
        self.screen = screens.choose_organisation(shown, self.language, more=len(self.organisations) > count)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a word asks of the database."""

    errand: Errand
    readings: tuple[Identifier, ...] = ()  # what a typed number may be, the likeliest first


def mark_of(word: str) -> str:
    """The mark by which a word that came is known again."""
    return hashlib.blake2b(word.encode(), digest_size=12).hexdigest()


def hear(dialogue: Dialogue, word: str) -> Wish | None:
    """Take one word: the dialogue moves on, or something is to be asked of the database first."""
    typed = to_latin(word[: LONGEST_WORD + 1].strip())
    place = PLACES.get(dialogue.place)
    if place is None:
        _choose(dialogue, typed)
        return None
    for option in place.options:
        if option.key == typed:
            dialogue.wrong = 0
            return _go(dialogue, option.leads)
    if place.reads in (Errand.OWN, Errand.PATIENT):
        return _read_number(dialogue, typed, place.reads)
    if place.reads is Errand.OBJECT:
        _read_code(dialogue, typed)
    else:
        _wrong(dialogue)
    return None


def _go(dialogue: Dialogue, leads: str | Errand) -> Wish | None:
    """Where an option leads."""
    if isinstance(leads, Errand):
        return Wish(leads)
    if leads == menu.FOREIGNER:
        errand = Errand.OWN if dialogue.place == menu.DOUBT_OWN else Errand.PATIENT
        return Wish(errand, (read_identifier(_FOREIGNERS, dialogue.doubted),))
    if leads == menu.PATIENT and not dialogue.registered:
        dialogue.tell("no_provider")
    elif leads == menu.PATIENT and not dialogue.organisation and len(dialogue.organisations) > 1:
        dialogue.choose_organisation()
    elif leads == menu.LANGUAGE:
        dialogue.place, dialogue.screen = menu.LANGUAGE, screens.choose_language()
    elif leads == menu.WHY:
        dialogue.begin_pages(dialogue.why)
    elif leads == menu.PAGES:
        dialogue.turn_pages()
    elif leads == menu.SURE:
        dialogue.show(menu.SURE, code=screens.spaced(dialogue.code, dialogue.language))
    else:
        dialogue.show(leads)
    return None


def _choose(dialogue: Dialogue, typed: str) -> None:
    """In the places whose options are made for the caller."""
    count = screens.ORGANISATIONS_A_PAGE
    if dialogue.place == menu.LANGUAGE and typed in menu.LANGUAGES:
        dialogue.language, dialogue.wrong = menu.LANGUAGES[typed][0], 0
        dialogue.show(menu.MENU)
        return
    shown = dialogue.organisations[dialogue.first_shown : dialogue.first_shown + count]
    keys = {str(key): code for key, (code, _) in enumerate(shown, start=1)}
    if dialogue.place == menu.ORGANISATION and typed in keys:
        dialogue.organisation, dialogue.wrong = keys[typed], 0
        dialogue.show(menu.PATIENT)
    elif dialogue.place == menu.ORGANISATION and typed == screens.NEXT_PAGE and len(dialogue.organisations) > count:
        following = dialogue.first_shown + count
        dialogue.first_shown = following if following < len(dialogue.organisations) else 0
        dialogue.choose_organisation()
    else:
        _wrong(dialogue)


def _read_number(dialogue: Dialogue, typed: str, errand: Errand) -> Wish | None:
    """A person's number. One that only a foreign national's could be may be a slip of the hand: that is asked."""
    asked, doubt = (menu.OWN, menu.DOUBT_OWN) if errand is Errand.OWN else (menu.PATIENT, menu.DOUBT_PATIENT)
    try:
        readings = possible_identifiers(typed)
    except Misunderstood as error:
        _wrong(dialogue, asked, error.code)
        return None
    if DOUBTFUL in readings[0].warnings:
        dialogue.doubted = readings[0].number
        _wrong(dialogue, doubt)
        return None
    dialogue.wrong, dialogue.doubted = 0, ""
    return Wish(errand, readings)


def _read_code(dialogue: Dialogue, typed: str) -> None:
    try:
        dialogue.code = read_tracking_code(typed)
    except Misunderstood as error:
        _wrong(dialogue, menu.OBJECT, error.code)
        return
    dialogue.wrong = 0
    dialogue.show(menu.SURE, code=screens.spaced(dialogue.code, dialogue.language))


def _wrong(dialogue: Dialogue, place: str = "", code: str = "") -> None:
    """The same screen once more, or what was wrong with the number; after three in a row it is over."""
    dialogue.wrong += 1
    if dialogue.wrong >= MOST_WRONG:
        dialogue.tell("too_many_errors")
    elif place:
        dialogue.show(place, heading=code if code in ("wrong_length", "wrong_check_digit") else "wrong")
