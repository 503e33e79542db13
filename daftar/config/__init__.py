"""The only place where things are wired: settings, urls, asgi, command line, demo.

Imports anything; nothing imports it.
"""
