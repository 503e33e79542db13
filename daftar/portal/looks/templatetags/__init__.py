"""Filters of the pages about looks."""
