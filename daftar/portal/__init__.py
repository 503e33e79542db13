"""The counter for people: Django apps, one per noun, each with models, services, selectors, forms, views, templates.

Run by config. The apps stand on steps (pyproject's import-linter contract); only here and in config is Django known.
"""
