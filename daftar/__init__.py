"""Daftar: the counter of a social insurer on the network. See docs/explanation/house.md for the rooms."""
