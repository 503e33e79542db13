"""Words of filings of treatment in another region: categories and states (domain-facts 2.10).

Sources send words of their own; a word that is none of these is shown as it came (`texts.worded`).
"""

from enum import StrEnum


class FilingCategory(StrEnum):
    """Who seeks treatment elsewhere, and why (备案类型); which of them a day's law knows, `rules.filing` says."""

    RETIRED_RESETTLED = "retired_resettled"  # 异地安置退休人员
    LONG_TERM_RESIDENT = "long_term_resident"  # 异地长期居住人员
    POSTED_WORKER = "posted_worker"  # 常驻异地工作人员
    REFERRAL = "referral"  # 异地转诊人员
    EMERGENCY = "emergency"  # 异地急诊抢救人员, since 医保发〔2022〕22号
    OTHER_TEMPORARY = "other_temporary"  # 其他临时外出就医人员, likewise


class FilingState(StrEnum):
    """What its source says of a filing (备案状态)."""

    IN_FORCE = "in_force"
    ENDED = "ended"
    CANCELLED = "cancelled"
