"""USSD: menus over the aggregators' HTTP form and over SMPP by Kannel (S2.4, S2.20)."""
