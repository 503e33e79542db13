"""What a campaign says: its texts in three languages, how many short messages each is, whether it changed."""

from hashlib import blake2b
from typing import Any

import msgspec

from daftar.portal.campaigns.models import Campaign
from daftar.terms.gsm import in_gsm, length

MOST_PARTS = 3
"""Longer SMS arrive out of order or in pieces on old telephones."""
SEPTETS, SEPTETS_OF_MANY, UCS2, UCS2_OF_MANY = 160, 153, 70, 67


def parts(text: str) -> int:
    """As how many short messages a text is sent; each of several has a head of its own (3GPP TS 23.040, 9.2.3.24)."""
    whole, each = (SEPTETS, SEPTETS_OF_MANY) if in_gsm(text) else (UCS2, UCS2_OF_MANY)
    long = length(text)
    return 1 if long <= whole else -(-long // each)


def print_of(campaign: Campaign) -> str:
    """A short digest of whom, and how many, a campaign tells what: who lets it go has seen just this."""
    whom: list[Any] = [campaign.channel, campaign.group, campaign.chosen, campaign.counted]
    seen = [*whom, campaign.subjects, campaign.texts]
    return blake2b(msgspec.json.encode(seen, order="sorted"), digest_size=12).hexdigest()
