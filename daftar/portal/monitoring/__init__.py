"""The watch over the service: status page for the public, operations page for staff, alerts, probe (S2.15, S2.16).

May import journal, notices, feeds, directory, organisations and what lies below.
"""
