"""«تماس با سامانه ۱۴۲۰»: an insured person objects to an answer, and the insurer follows it up (S2.12).

Used by citizens and operators of 1420; the staff's page of one objection is the console's, which joins it with papers.
May import cases, proxy and what lies below.
"""
