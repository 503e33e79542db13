"""Filters of the pages about providers."""
