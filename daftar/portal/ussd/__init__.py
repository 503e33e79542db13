"""Tables of the USSD channel: dialogues that are open, and the answers told on them (S2.4, S2.20).

Written and read by daftar.gate.ussd. May import theme.
"""
