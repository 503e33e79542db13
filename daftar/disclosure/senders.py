"""Who is calling: what a number given by the network may ask by SMS and USSD (S2.8, S2.19 and their decision).

A number may be a provider's registered telephone, and the registered mobile of insured persons, who may ask about
themselves, their dependants who are minors or have consented, and the members bound to them. What is read depends on
the number alone, never on the person asked about: unknown person and mismatch are the same by the same statements
(S2.9).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from daftar.answers import Charge
from daftar.disclosure.agreements import ELIGIBILITY, AgreementTerms, any_allows, charges, read_standings
from daftar.disclosure.applicant import Applicant
from daftar.rules.majority import is_minor
from daftar.store.dialect import Connection, Row, as_date, as_uuid, marks, padded, rows
from daftar.store.keys import Key, MobileKey
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Ground

_PHONES = """
SELECT t.mobile_key, t.organisation, t.starts, t.ends, o.name
FROM provider_phone t JOIN organisation o ON o.code = t.organisation WHERE NOT t.withdrawn AND t.mobile_key IN ({})
"""
_HOLDERS = """
SELECT p.mobile_key, p.key, p.mobile_verified, c.language FROM person p LEFT JOIN notice_choice c ON c.key = p.key
WHERE p.death_date IS NULL AND NOT p.withdrawn AND p.mobile_key IN ({})
"""
_DEPENDANTS = """
SELECT d.main_key, d.key, d.starts, d.ends, p.birth_date, p.jurisdiction, c.given_on
FROM dependency d JOIN person p ON p.key = d.key
LEFT JOIN dependant_consent c ON c.key = d.key AND c.main_key = d.main_key AND c.ended_at IS NULL
WHERE NOT d.withdrawn AND NOT p.withdrawn AND p.death_date IS NULL AND d.main_key IN ({})
"""
_MEMBERS = """
SELECT b.principal, b.member, b.last_day, b.jurisdiction FROM proxy_binding b JOIN person p ON p.key = b.member
WHERE b.bound_at IS NOT NULL AND b.ended_at IS NULL AND p.death_date IS NULL AND NOT p.withdrawn
AND b.principal IN ({})
"""


@dataclass(frozen=True, slots=True)
class RegisteredProvider:
    """A provider that has registered the number; `agreements` is empty while it is suspended."""

    organisation: str
    name: str
    starts: date
    ends: date | None
    agreements: tuple[AgreementTerms, ...]

    def may(self, day: date) -> bool:
        """Whether number and agreement hold on `day`, today in the jurisdiction of the person asked about (S2.11)."""
        in_force = self.starts <= day and (self.ends is None or day <= self.ends)
        return in_force and any_allows(self.agreements, ELIGIBILITY, day)

    def charges(self, day: date) -> tuple[Charge, ...]:
        """The quotas of which an inquiry uses up one."""
        return charges(self.agreements, self.organisation, ELIGIBILITY, day)


@dataclass(frozen=True, slots=True)
class Sender:
    """What is registered under a number; nothing at all for a stranger.

    `persons` holds each person whom the specific mode may tell about, with the one who asks and the ground (S2.8).
    `language` is what the holder has chosen for notices, where they have.
    """

    providers: tuple[RegisteredProvider, ...] = ()
    persons: Mapping[Key, Applicant] = field(default_factory=dict)
    language: str | None = None

    @property
    def own(self) -> tuple[Key, ...]:
        """The persons whose registered mobile it is; a family may share one."""
        return tuple(key for key, applicant in self.persons.items() if applicant.ground is Ground.OWN)

    def provider(self, day: date) -> RegisteredProvider | None:
        """The provider in whose name the number asks on `day`; the first by code where several registered it."""
        return next((each for each in self.providers if each.may(day)), None)


def find_sender(conn: Connection, mobile: MobileKey, *, at: datetime) -> Sender:
    """What is registered under one number now."""
    return find_senders(conn, [mobile], at=at)[mobile]


def find_senders(conn: Connection, mobiles: Collection[MobileKey], *, at: datetime) -> dict[MobileKey, Sender]:
    """What is registered under each of several numbers now, in a handful of statements."""
    wanted = sorted(set(mobiles))
    providers = _providers(conn, wanted)
    persons, languages = _persons(conn, wanted, at)
    return {
        mobile: Sender(tuple(providers.get(mobile, ())), persons.get(mobile, {}), languages.get(mobile))
        for mobile in wanted
    }


def _providers(conn: Connection, mobiles: Sequence[MobileKey]) -> dict[MobileKey, list[RegisteredProvider]]:
    found = _in(conn, _PHONES, mobiles)
    standings = read_standings(conn, {row[1] for row in found}) if found else {}
    held: dict[MobileKey, list[RegisteredProvider]] = {}
    for mobile, organisation, starts, ends, name in sorted(found, key=lambda row: str(row[1])):
        standing = standings.get(organisation)
        if standing is not None:
            first = as_date(starts) or date.min
            provider = RegisteredProvider(organisation, name, first, as_date(ends), standing.agreements)
            held.setdefault(MobileKey(as_uuid(mobile)), []).append(provider)
    return held


def _persons(
    conn: Connection, mobiles: Sequence[MobileKey], at: datetime
) -> tuple[dict[MobileKey, dict[Key, Applicant]], dict[MobileKey, str]]:
    """About whom each number may ask; of several grounds the nearest counts, as in `applicant.find_applicant`."""
    persons: dict[MobileKey, dict[Key, Applicant]] = {}
    languages: dict[MobileKey, str] = {}
    vouched: dict[Key, MobileKey] = {}
    for line in _in(conn, _HOLDERS, mobiles):
        mobile, key = MobileKey(as_uuid(line[0])), Key(as_uuid(line[1]))
        persons.setdefault(mobile, {})[key] = Applicant(key, Ground.OWN)
        if line[3]:
            languages[mobile] = str(line[3])
        if line[2]:
            vouched[key] = mobile
    for main, key, ground in _dependants(conn, sorted(vouched), at):
        persons[vouched[main]].setdefault(key, Applicant(main, ground))
    for principal, key in _members(conn, sorted(vouched), at):
        persons[vouched[principal]].setdefault(key, Applicant(principal, Ground.PROXY))
    return persons, languages


def _dependants(conn: Connection, mains: Sequence[Key], at: datetime) -> list[tuple[Key, Key, Ground]]:
    """Main insured and dependant of each dependency in force by which the one may ask about the other, and why."""
    found = []
    for main, key, starts, ends, born, jurisdiction, consent in _in(conn, _DEPENDANTS, mains):
        today, first, last, given = _today(jurisdiction, at), as_date(starts), as_date(ends), as_date(consent)
        if first is None or first > today or (last is not None and last < today):
            continue
        if is_minor(as_date(born), today, jurisdiction):
            found.append((Key(as_uuid(main)), Key(as_uuid(key)), Ground.DEPENDANT))
        elif given is not None and given >= first:
            found.append((Key(as_uuid(main)), Key(as_uuid(key)), Ground.CONSENT))
    return found


def _members(conn: Connection, principals: Sequence[Key], at: datetime) -> list[tuple[Key, Key]]:
    """Principal and member of each binding that stands."""
    found = []
    for principal, member, last_day, jurisdiction in _in(conn, _MEMBERS, principals):
        last = as_date(last_day)
        if last is None or last >= _today(jurisdiction, at):
            found.append((Key(as_uuid(principal)), Key(as_uuid(member))))
    return found


def _in(conn: Connection, sql: str, values: Sequence[Key] | Sequence[MobileKey]) -> list[Row]:
    wanted = padded(values)
    return rows(conn, sql.format(marks(wanted)), wanted) if wanted else []


def _today(jurisdiction: str, at: datetime) -> date:
    return jurisdictions()[jurisdiction].today(at)
