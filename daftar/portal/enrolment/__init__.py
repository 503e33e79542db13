"""Enrolment of residents in the basic insurance, for oneself or a member, and what one is enrolled in (S3.12-S3.20).

Used by the pages of citizens and by cases, which call its procedure. May import cases, proxy and what lies below; not
filing, progress or review.
"""
