"""The passed-in connection and the secrets: which database it is, how values are bound, blind index, sealing.

Used by answers and everything above. May import the standard library, cryptography, msgspec and terms. Never commits.
"""
