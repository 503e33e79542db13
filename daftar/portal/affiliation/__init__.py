"""Facts of insurance relationships: affiliation spells, contributions, dependencies (X.1).

Written by feeds and decided cases. May import accounts and what stands below.
"""
