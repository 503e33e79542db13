"""The right to treatment: evidence, other cover, coverage spans, and the pages that ask (S2).

May import affiliation and what stands below.
"""
