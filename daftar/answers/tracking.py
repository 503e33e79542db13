"""How a tracking code is made: a keyed permutation of the journal's id, then a check digit (design §4, S2.18).

The permutation is an alternating Feistel network over 10^7 x 10^8 with AES as round function: every id below 10^15 has
exactly one code and every code one id, so codes are unique without an index and cannot be guessed without the key.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from daftar.store.keys import Secrets
from daftar.terms.tracking_codes import TrackingCode, complete

LEFT = 10**7
RIGHT = 10**8
LARGEST_ID = LEFT * RIGHT - 1
ROUNDS = 8
Halves = npt.NDArray[np.uint64]


class TrackingCodes:
    """Turns journal ids into tracking codes and back, under one secret."""

    def __init__(self, secrets: Secrets) -> None:
        self._cipher = Cipher(algorithms.AES(secrets.derive("tracking-code")), modes.ECB())

    def codes(self, ids: Sequence[int]) -> list[TrackingCode]:
        """The codes of ids from 0 to `LARGEST_ID`, in order; many at once cost little more than one."""
        left, right = np.divmod(np.fromiter(ids, np.uint64, len(ids)), np.uint64(RIGHT))
        for number in range(ROUNDS):
            if number % 2:
                right = (right + self._round(number, left) % RIGHT) % RIGHT
            else:
                left = (left + self._round(number, right) % LEFT) % LEFT
        return [complete(body) for body in (left * RIGHT + right).tolist()]

    def id_of(self, code: TrackingCode) -> int:
        """The id of a code that `read_tracking_code` has accepted."""
        body = int(code[:-1])
        left, right = body // RIGHT, body % RIGHT
        for number in reversed(range(ROUNDS)):
            if number % 2:
                right = (right - int(self._round(number, np.array([left], np.uint64))[0])) % RIGHT
            else:
                left = (left - int(self._round(number, np.array([right], np.uint64))[0])) % LEFT
        return left * RIGHT + right

    def _round(self, number: int, halves: Halves) -> Halves:
        blocks = np.full((len(halves), 2), number, "<u8")
        blocks[:, 0] = halves
        mixed = np.frombuffer(self._cipher.encryptor().update(blocks.tobytes()), "<u8")
        return mixed[::2]
