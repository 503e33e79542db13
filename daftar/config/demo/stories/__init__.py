"""Hand-written persons of the demo, and what must be answered about each: written from contracts §1, not computed.

A story adds rows to the facts and says what the answer must be. Tests hold the engine to it; demo.json shows it.
"""
