"""What may be told to whom, and on what proof: own-entitlement with its one-time code; each telling is recorded.

Used by the gate and the portal. May import answers, store and terms. Never commits.
"""
