"""Settlements of hospital stays, behind the quiz (S4.17-S4.25)."""
