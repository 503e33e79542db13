"""Ask and record: questions in, durable answers with tracking codes out (design §1).

Used by the gate's flusher, the portal's services and disclosure. May import store, rules and terms. Never commits.
"""
