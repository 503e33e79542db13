"""The installable app of provider and insured (S2.4, S2.20): number pad, scanner, last codes; plain when offline.

Its pages are pages of the portal that a service worker also keeps as shells, the same for everybody; the reader's own
ones are never kept (docs/explanation/app.md). May import entitlement and what lies below.
"""
