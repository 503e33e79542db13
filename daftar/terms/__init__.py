"""The words: identifiers, jurisdictions, periods, outcomes, reasons, codes, calendars, and texts in three languages.

Used by every other room. May import the standard library, persiantools, phonenumbers and pypinyin, nothing of ours.
"""
