"""Settlements of hospital stays, behind the quiz (S4.17-S4.25): expenses, statements, and the quiz itself.

Used by citizens where the insurer offers the service, and by the counter that reopens a quiz. May import affiliation,
accounts, directory, people and what stands below; never the console.
"""
