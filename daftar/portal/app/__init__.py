"""The installable app of provider and insured (S2.4, S2.20): number pad, scanner, last codes; plain when offline.

May import entitlement and what lies below; keeps no personal data on the device.
"""
