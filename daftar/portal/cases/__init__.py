"""Cases: what somebody submits for themself or another, decided by the rules or by reviewers (S3.12-S3.26, X.4).

Used by the apps of each kind (enrolment, filing, objections) and the console's review pages. May import accounts,
directory, people and what stands below; never proxy or affiliation, whose facts about relatives come by the store.
"""
