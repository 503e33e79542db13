"""Ports to other registries of the state: study certificates and birth registration (S2.13); switched on by date."""
