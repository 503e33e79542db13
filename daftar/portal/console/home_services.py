"""The services that the home page shows, by jurisdiction: which of them is data of the jurisdiction (contracts §1)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.terms.jurisdictions import Jurisdiction, jurisdictions


@dataclass(frozen=True, slots=True)
class Service:
    """A tile: where it leads, its name, one sentence, its sign, and whether it wants a log-in."""

    address: str
    name: Promise
    about: Promise
    icon: str
    log_in: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The services of one jurisdiction."""

    jurisdiction: Jurisdiction
    title: Promise
    services: tuple[Service, ...]
    elsewhere: bool
    name: str = ""

    @property
    def place(self) -> str:
        """Its name on the page, for links and screen readers."""
        return "-".join(filter(None, ("services", self.jurisdiction.code, self.name)))


ELSEWHERE = (
    Service(
        "directory:pooling_regions",
        _("Pooling regions that are open"),
        _("Which regions settle directly, by administrative region or for the whole country."),
        "pooling",
    ),
    Service(
        "directory:institutions",
        _("Designated institutions elsewhere"),
        _("Hospitals of other provinces in which you pay only your own share."),
        "institution",
    ),
    Service(
        "directory:offices",
        _("Handling agencies for treatment elsewhere"),
        _("Departments, addresses and telephone numbers."),
        "office",
    ),
    Service(
        "filing:filings",
        _("Your registered filings"),
        _("What you have filed at the place where you are insured: if you see it, it has arrived."),
        "filing",
        log_in=True,
    ),
    Service(
        "settlement:expenses",
        _("Expenses of treatment in other provinces"),
        _("Each stay with every fund that paid, and its statement to print."),
        "expenses",
        log_in=True,
    ),
)
"""The five services of S4.1, in the guide's order; the first three need no account (S4.3)."""

FAMILY: tuple[Service, ...] = (
    Service(
        "proxy:bind",
        _("Bind a family member"),
        _("Bind somebody once, then file, enrol and ask for them."),
        "family",
        log_in=True,
    ),
    Service(
        "enrolment:start",
        _("Enrolment of residents in the basic medical insurance"),
        _("Enrol yourself or a family member as a resident: unit, resident, enrolment, evidence."),
        "enrolment",
        log_in=True,
    ),
    Service(
        "enrolment:insurance",
        _("Personal insurance information"),
        _("What you or a family member are insured in, since when, paid for which year."),
        "insurance",
        log_in=True,
    ),
    Service(
        "filing:begin",
        _("File treatment in another region"),
        _("For yourself or a family member, before treatment in another province; the rules decide at once."),
        "filing",
        log_in=True,
    ),
    Service(
        "filing:revoke",
        _("Revoke a filing of treatment in another region"),
        _("For a filing that is needed no more, of yourself or of a family member."),
        "filing",
        log_in=True,
    ),
    Service(
        "progress:cases",
        _("Progress of your cases"),
        _("How far your applications are, what is still missing, and why one was refused."),
        "progress",
        log_in=True,
    ),
)
"""«医保亲情代办»: what one does for oneself or a family member (S3.7-S3.23), in the guide's order."""

OBJECT = Service(
    "objections:own",
    _("Object to an answer"),
    _("You were told that you are not covered, and that is not right? Say so, and follow what comes of it."),
    "codes",
    log_in=True,
)
"""«تماس با سامانه ۱۴۲۰» without the telephone (S2.12)."""

RELATIONSHIP = (
    Service(
        "certificates:own",
        _("Active relationship with the organisation"),
        _("Read it as an authority would, and send a certificate to one of them."),
        "relationship",
        log_in=True,
    ),
    Service(
        "looks:looks",
        _("Who looked at my record"),
        _("Who it was, when and on what ground; and a question about what you do not understand."),
        "looks",
        log_in=True,
    ),
    OBJECT,
    Service(
        "certificates:verify",
        _("Is a certificate valid?"),
        _("For whoever holds a certificate: see whether it is ours and still valid."),
        "verify",
    ),
    Service(
        "directory:offices",
        _("Offices and their telephone numbers"),
        _("Branches and brokerages near you, with address and telephone."),
        "office",
    ),
    Service(
        "app:start",
        _("The app for your telephone"),
        _("Ask with number pad or scanner; it stands at once, also on a slow line."),
        "app",
    ),
)


def sections(language: str, own: str = "") -> list[Section]:
    """What each jurisdiction offers to people, that of the reader's language first.

    Of who is logged in, `own` is the jurisdiction: it comes first, and of the others stands only what is open to all.
    """
    ordered = sorted(jurisdictions().values(), key=lambda each: (each.code != own, each.language != language))
    found = [part for each in ordered for part in _parts(each, open_to_all=own not in ("", each.code))]
    return [section for section in found if section.services]


def _parts(jurisdiction: Jurisdiction, *, open_to_all: bool) -> tuple[Section, ...]:
    family = FAMILY if "proxy" in jurisdiction.services and not open_to_all else ()
    return (
        Section(jurisdiction, _("For yourself and your family"), family, elsewhere=False, name="family"),
        _section(jurisdiction, open_to_all=open_to_all),
    )


def _section(jurisdiction: Jurisdiction, *, open_to_all: bool) -> Section:
    offered = jurisdiction.services
    elsewhere = "settlement" in offered
    title = _("Treatment in another region") if elsewhere else _("Your insurance relationship")
    services = ELSEWHERE if elsewhere else RELATIONSHIP if "certificates" in offered else ()
    shown = tuple(each for each in services if not (open_to_all and each.log_in))
    return Section(jurisdiction, title, shown, elsewhere)
