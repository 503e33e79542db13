"""Informing the public so that nobody comes to a branch for nothing (S2.14): announcements on the portal; campaigns,
one text by SMS or mail to a chosen group.

Used by headquarters. May import accounts, organisations, people, directory, notices and what lies below.
"""
