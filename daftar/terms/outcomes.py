"""What an answer says, in words: status, affiliation outcome, setting, mode, channel, ground, basis and reason.

Every member is stored in tables, sent in JSON and looked up in the text catalogues under this exact spelling.
Sources: S2.6-S2.8 (modes, statuses), S2.5 (settings), S2.13 and S2.17 (reasons), contracts §1 (kinds).
"""

from enum import StrEnum


class Status(StrEnum):
    """The two statuses of S2.7; there is no third."""

    COVERED = "covered"  # «حمایت درمانی دارد»
    NOT_COVERED = "not_covered"  # «حمایت درمانی ندارد»


class Mode(StrEnum):
    """How much an answer may say (S2.6)."""

    GENERAL = "general"  # «عام»: status and tracking code, nothing else (S2.7)
    SPECIFIC = "specific"  # «خاص»: status, end date, reason and tracking code (S2.8)
    AFFILIATION = "affiliation"  # one of four outcomes, and what the asker may see (S1.12)


NAMED_BESIDE = "named_beside"
"""Mode and reason of a row about somebody whom an answer about another person names: no inquiry of its own (X.5)."""


class AffiliationOutcome(StrEnum):
    """Exactly one of four answers to an affiliation inquiry (S1.12-S1.16); the texts `outcome.*` are the guide's."""

    NO_RECORD = "no_record"  # nobody is known, or nothing lies in the period: the asker cannot tell which (S1.13)
    NOT_ACTIVE = "not_active"  # known, and not affiliated today (S1.14)
    AFFILIATED_IN_PERIOD = "affiliated_in_period"  # affiliated on some day of the period asked about (S1.15)
    ACTIVE = "active"  # affiliated today, at the time of the inquiry (S1.16)


class AffiliationReason(StrEnum):
    """Why an affiliation inquiry ended as it did: for the journal and the hotline, never for the asker (S2.17)."""

    UNKNOWN_PERSON = "unknown_person"
    NOTHING_IN_PERIOD = "nothing_in_period"
    NOT_AFFILIATED_TODAY = "not_affiliated_today"
    AFFILIATED_IN_PERIOD = "affiliated_in_period"
    ACTIVE_MAIN = "active_main"  # an own affiliation spell holds today
    ACTIVE_DEPENDANT = "active_dependant"  # a dependency spell does, and so does its main insured's affiliation


class RelationType(StrEnum):
    """What somebody is to the insurer in one spell, as the forms O3 and O4 name it (S1.18)."""

    MAIN = "main"
    DEPENDANT = "dependant"
    PENSIONER = "pensioner"
    UNEMPLOYMENT = "unemployment"


class Setting(StrEnum):
    """Where the treatment is given; inpatient care also asks who pays first (S2.4, S2.5)."""

    OUTPATIENT = "outpatient"
    INPATIENT = "inpatient"


class Channel(StrEnum):
    """The way a question came in."""

    WEB = "web"
    API = "api"
    APP = "app"
    SMS = "sms"
    USSD = "ussd"
    FHIR = "fhir"
    FILE = "file"
    COUNTER = "counter"


class Ground(StrEnum):
    """The legal ground on which something was told (X.5)."""

    AGREEMENT = "agreement"  # an agreement in force between insurer and organisation
    CONSENT = "consent"  # the person agreed
    PROXY = "proxy"  # a proxy binding
    OWN = "own"  # the person asked about themself
    DEPENDANT = "dependant"  # a main insured asked about a minor dependant (S2.8)
    DUTY = "duty"  # insurer's staff doing their work


class Kind(StrEnum):
    """Kinds of affiliation (contracts §1)."""

    COMPULSORY = "compulsory"
    VOLUNTARY = "voluntary"
    SELF_EMPLOYED = "self_employed"
    UNEMPLOYMENT = "unemployment"
    PENSIONER = "pensioner"
    SURVIVOR = "survivor"
    RESIDENT = "resident"


class Relation(StrEnum):
    """What a dependant is to the main insured."""

    SPOUSE = "spouse"
    SON = "son"
    DAUGHTER = "daughter"
    FATHER = "father"
    MOTHER = "mother"


class EvidenceKind(StrEnum):
    """Papers that an office has seen, or a connector has confirmed."""

    STUDY_CERTIFICATE = "study_certificate"
    BIRTH_CERTIFICATE_SEEN = "birth_certificate_seen"
    DISABILITY = "disability"
    DEPENDENCY = "dependency"
    UNMARRIED = "unmarried"
    NOT_EMPLOYED = "not_employed"


class Basis(StrEnum):
    """On what a coverage span rests: an own kind of affiliation, or the relation to a main insured."""

    COMPULSORY = "compulsory"
    VOLUNTARY = "voluntary"
    SELF_EMPLOYED = "self_employed"
    UNEMPLOYMENT = "unemployment"
    PENSIONER = "pensioner"
    SURVIVOR = "survivor"
    RESIDENT = "resident"
    SPOUSE = "spouse"
    SON = "son"
    DAUGHTER = "daughter"
    FATHER = "father"
    MOTHER = "mother"
    OTHER_INSURER = "other_insurer"  # cover by another basic insurer, as reported (S2.5)
    NONE = "none"  # an empty span: it only says why there is no cover from its start on


class Reason(StrEnum):
    """Why the status is what it is (S2.17). The first group goes with *covered*, the second with *not covered*."""

    CONTRIBUTION_PAID = "contribution_paid"  # paid months, or the grace after them, hold the day
    SPELL_IN_FORCE = "spell_in_force"  # pension, survivor's or unemployment spell holds the day
    YEAR_PAID = "year_paid"  # resident: the calendar year is paid
    DEPENDANT_IN_FORCE = "dependant_in_force"  # the main insured is covered and the own conditions hold
    PROVISIONAL_EVIDENCE = "provisional_evidence"  # a dependant covered by paper seen at a counter (S2.13 b)
    SURVIVOR_TERM = "survivor_term"  # the main insured died covered, and the term after the death still runs

    UNKNOWN_PERSON = "unknown_person"  # nobody of that identifier in the registry
    NO_AFFILIATION = "no_affiliation"  # known, and never had an insurance relationship before that day
    NO_CONTRIBUTION = "no_contribution"  # affiliated, and no month has been paid yet
    CONTRIBUTION_LAPSED = "contribution_lapsed"  # the grace after the last paid month is over
    AFFILIATION_ENDED = "affiliation_ended"  # the spell ended and its grace is over
    YEAR_UNPAID = "year_unpaid"  # resident: the calendar year is not paid
    MAIN_INSURED_NOT_COVERED = "main_insured_not_covered"  # the cover that a dependant lives on is not there
    MAIN_INSURED_DECEASED = "main_insured_deceased"  # and no survivor's spell has taken its place
    DEPENDENCY_ENDED = "dependency_ended"  # divorce, end of support
    STUDY_CERTIFICATE_MISSING = "study_certificate_missing"  # son of 19 full years (S2.13)
    BIRTH_CERTIFICATE_CHECK_MISSING = "birth_certificate_check_missing"  # daughter (S2.13)
    UNMARRIED_EVIDENCE_MISSING = "unmarried_evidence_missing"  # daughter: nothing shows that she is unmarried
    NOT_EMPLOYED_EVIDENCE_MISSING = "not_employed_evidence_missing"  # daughter: nothing shows that she does not work
    DEPENDENCY_EVIDENCE_MISSING = "dependency_evidence_missing"  # husband or parent: support not shown
    AGE_CONDITION_NOT_MET = "age_condition_not_met"  # husband or parent below the age, and no disability shown
    OWN_PENSION = "own_pension"  # a parent who receives a pension of their own is no dependant
    DECEASED = "deceased"
    NO_RULE_FOR_DAY = "no_rule_for_day"  # the law set has no value that far back
