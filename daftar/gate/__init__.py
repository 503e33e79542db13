"""The counter for machines: a lean ASGI app that turns requests into questions and answers into responses.

Run by config. May import disclosure, answers, feeds, coverage, rules, store and terms; never Django.
"""
