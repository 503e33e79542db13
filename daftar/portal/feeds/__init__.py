"""Book-keeping of the feeds: batches, quarantine, pending rows, lag of each office (S2.15).

Written by daftar.feeds; read by the console. May import theme.
"""
