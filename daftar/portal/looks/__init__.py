"""Who looked at one's record (X.5): the person's list, looks that a court hides for a time, looks that are questioned.

Used by citizens, supervisors of judicial organisations and the insurer's staff. May import affiliation, cases,
accounts, organisations, people, directory and what stands below; never the console.
"""
