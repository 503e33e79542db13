"""Signed PDFs: fonts, page, press and signature of everything that is handed out on paper (S1.23-S1.26, S4.25)."""
