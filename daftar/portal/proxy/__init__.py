"""Proxy bindings: who acts for whom, and until when (S3.1-S3.11, S3.20).

Used by citizens, by counters that bind for them, and by the pages that act for a member. May import accounts, people,
directory and what stands below; not affiliation, not cases.
"""
