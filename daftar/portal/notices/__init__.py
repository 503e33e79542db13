"""Messages that leave the house: a durable outbox of SMS and mail.

May import theme.
"""
