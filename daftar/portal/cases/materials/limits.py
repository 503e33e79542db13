"""How large a material may be, and how much work its check may be: far above what a paper needs."""

MEGABYTE = 1024 * 1024

MOST_BYTES = 10 * MEGABYTE
"""Of one file as sent."""

MOST_PIXELS = 40_000_000
"""Of one picture, read from its head before anything is decoded. A4 at 600 dpi has 35 million."""

LONGEST_EDGE = 3508
"""Pixels that are kept: A4 at 300 dpi."""

LONGEST_DRAWN = 2000
"""Pixels of a page of a PDF that is drawn to be looked at: A4 at 150 dpi has 1754."""

MOST_PAGES = 50
"""Of one PDF."""

MOST_OBJECTS = 100_000
"""Lists and dictionaries of a PDF that are looked at; a page has some tens."""

MOST_UNPACKED = 64 * MEGABYTE
"""Of all that a PDF draws with, pictures apart."""

SIGNATURE_BYTES = MEGABYTE // 2
SIGNATURE_PIXELS = 4_000_000
SIGNATURE_EDGE = 1200
"""Of a signature drawn on a screen; a form of a page is at most 1 MB (settings)."""

CHILD_MEMORY = 1024 * MEGABYTE
CHILD_PROCESSOR_SECONDS = 20
CHILD_SECONDS = 30
CHILDREN_AT_ONCE = 2
WAIT_FOR_A_CHILD = 20
"""What one check may use of the machine, how many run at once, and how many seconds the next one waits."""
