"""Messages that leave the house: a durable outbox of SMS and mail, and how each person wants to be told.

Used by every room that tells people something. May import theme.
"""
