"""The staff shell: navigation, home and pages that join several rooms.

May import every portal app below.
"""
