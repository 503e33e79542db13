"""Layout, components, print style and static files of every page (design §9).

Used by every portal app. May import terms; what signs paper also store.
"""
