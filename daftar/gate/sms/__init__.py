"""SMS: a national code comes in from the gateway, one line goes back (S2.4, S2.7, S2.8, S2.20)."""
