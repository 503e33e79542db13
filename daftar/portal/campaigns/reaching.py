"""The group of a campaign as a walk, and the counting of its receivers before anybody is told.

A nation is counted in stretches behind the pages, for it takes minutes; a small group is counted at once. The
number that is shown, and the walk that tells them later, ask the same.
"""

from datetime import datetime

from django.db import transaction

from daftar.portal.campaigns.models import Campaign, State
from daftar.portal.campaigns.receivers import Wanted, reach
from daftar.portal.campaigns.walks import Walk
from daftar.portal.directory.kept import kept
from daftar.terms.jurisdictions import jurisdictions

AT_ONCE = 5
"""Stretches that are counted while somebody waits for the page."""
AT_A_TIME = 25


def walk_of(campaign: Campaign, at: datetime) -> Walk:
    """How the group of a campaign is reached."""
    country = jurisdictions()[campaign.jurisdiction]
    wanted = Wanted(campaign.jurisdiction, country.language, country.today(at), **campaign.chosen)
    found = reach(campaign.group, campaign.channel, wanted, kept(at).tree)
    if found is None:
        raise ValueError(f"{campaign.group} cannot be reached by {campaign.channel}")
    return found


def receivers_count(number: int, at: datetime, stretches: int = AT_ONCE) -> None:
    """Go on counting the receivers of a draft."""
    for _ in range(stretches):
        if not _counted_on(number, at):
            return


def counts_due() -> list[int]:
    """The drafts whose receivers are being counted."""
    found = Campaign.objects.filter(state=State.DRAFT, counting__isnull=False).order_by("pk")
    return list(found.values_list("pk", flat=True))


def _counted_on(number: int, at: datetime) -> bool:
    """One stretch, read outside of any transaction; whether there is more."""
    seen = Campaign.objects.filter(pk=number, state=State.DRAFT, counting__isnull=False).first()
    if seen is None or seen.counting is None:
        return False
    found, end = walk_of(seen, at).count(seen.count_mark)
    with transaction.atomic():
        held = Campaign.objects.select_for_update().filter(pk=number, state=State.DRAFT).first()
        if held is None or _asked(held) != _asked(seen):
            return held is not None  # somebody has changed it, or counted this stretch
        held.counting, held.count_mark = seen.counting + found, end or []
        if end is None:
            held.counted, held.counted_at, held.counting = held.counting, at, None
        held.save(update_fields=["counting", "count_mark", "counted", "counted_at"])
    return end is not None


def _asked(campaign: Campaign) -> tuple[object, ...]:
    return campaign.group, campaign.channel, campaign.chosen, campaign.counting, campaign.count_mark
