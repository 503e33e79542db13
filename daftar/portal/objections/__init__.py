"""«تماس با سامانه ۱۴۲۰»: an insured person objects to their status, and the hotline follows it up (S2.12).

Used by citizens and operators of 1420. May import cases, proxy and what lies below.
"""
