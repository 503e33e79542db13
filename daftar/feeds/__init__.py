"""Facts in: files and pushes from branch databases, checked row by row, into the registry tables; coverage of the touched.

Used by the gate and by config. May import coverage, answers, store and terms. The loader opens and commits its own connections.
"""
