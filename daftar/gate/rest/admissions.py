"""POST /eligibility-inquiries/{tracking_code}/admission: the payer that the hospital chose (S2.5)."""

import msgspec

from daftar.gate.counter import Counter, now
from daftar.gate.request import Request
from daftar.gate.rest.asked import AdmissionChoice, record_admission
from daftar.gate.rest.eligibility import allowed_client

_CHOICE = msgspec.json.Decoder(AdmissionChoice)


async def post_admission(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 with the choice as recorded."""
    client = allowed_client(counter, request)
    choice = await request.json(_CHOICE)
    code, at = request.parts[-2], now()
    recorded = await counter.desk.run(lambda conn: record_admission(counter, conn, code, client, choice, at))
    return 200, msgspec.json.encode(recorded)
