"""Entitlement by SMS: a number's message in, one line back through the outbox (S2.4, S2.7-S2.9, S2.20).

`answer_messages` is used by the gate's lanes: messages that arrive together share one transaction. The rest sends the
outbox: `dispatch` is the life of a message between here and the gateway.
"""

from daftar.disclosure.sms.answering import answer_messages
from daftar.disclosure.sms.messages import IncomingSms, Outcome

__all__ = ["IncomingSms", "Outcome", "answer_messages"]
