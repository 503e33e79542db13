"""Words of the enrolment of residents: in which category somebody is enrolled (人员类别, S3.13, domain-facts 2.12)."""

from enum import StrEnum


class EnrolmentCategory(StrEnum):
    """As what a resident is enrolled; which of them a day's law knows, `rules.enrolment` says."""

    ORDINARY_RESIDENT = "ordinary_resident"  # 普通居民
    STUDENT_OR_CHILD = "student_or_child"  # 学生儿童
    NEWBORN = "newborn"  # 新生儿
    EXTREME_POVERTY = "extreme_poverty"  # 特困人员
    MINIMUM_LIVING = "minimum_living"  # 低保对象
