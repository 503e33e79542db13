"""Who logs in: citizens, provider and organisation users, the insurer's staff.

May import people, organisations, directory and what stands below.
"""
