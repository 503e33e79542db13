"""A certificate as paper: fonts, page, signature (S1.23-S1.26)."""
