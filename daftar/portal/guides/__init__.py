"""Guide pages in plain words, each with its date and how often it was read (S4.27).

Used by console's home page. May import theme.
"""
