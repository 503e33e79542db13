"""Words of treatment in another region: what is filed, how a filing stands, whether there is a card (S4.10, S4.16).

Feeds may bring other words of their source: they are kept, and shown as they are (`daftar.terms.texts.worded`).
Codes of insurance types (310, 390 and so on, domain-facts 2.11) have their words under [insurance_type].
"""

from enum import StrEnum


class FilingCategory(StrEnum):
    """Why treatment is sought elsewhere: four categories of 2018, six since 2022 (domain-facts 2.10)."""

    RETIRED_RESETTLED = "retired_resettled"  # 异地安置退休人员
    LONG_TERM_RESIDENT = "long_term_resident"  # 异地长期居住人员
    POSTED_WORKER = "posted_worker"  # 常驻异地工作人员
    REFERRAL = "referral"  # 异地转诊人员
    EMERGENCY = "emergency"  # 异地急诊抢救人员
    OTHER_TEMPORARY = "other_temporary"  # 其他临时外出就医人员

    @property
    def long_term(self) -> bool:
        """The first three are long-term, the others temporary (notice 22 of 2022, article 7)."""
        return self in (self.RETIRED_RESETTLED, self.LONG_TERM_RESIDENT, self.POSTED_WORKER)


class FilingState(StrEnum):
    """How a filing stands at its source."""

    IN_FORCE = "in_force"  # 有效
    ENDED = "ended"  # its last day has passed
    CANCELLED = "cancelled"  # taken back by the person or the insurer


class CardState(StrEnum):
    """Whether there is a social-security card; who has none applies for one at the insured place (S4.16)."""

    ISSUED = "issued"  # in use
    NONE = "none"  # none was made
    LOST = "lost"  # reported lost
    CANCELLED = "cancelled"
