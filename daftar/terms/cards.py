"""Words of social-security cards: a person without one applies for it at the insured place (S4.16)."""

from enum import StrEnum


class CardState(StrEnum):
    """What its source says of a person's card; a word that is none of these is shown as it came (`texts.worded`)."""

    ISSUED = "issued"
    NONE = "none"
    LOST = "lost"
    CANCELLED = "cancelled"
