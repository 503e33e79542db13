"""How a tracking code is made: a keyed permutation of the journal's id, then a check digit (design §4, S2.18).

The permutation is an alternating Feistel network over 10^7 x 10^8 with AES as round function: every id below 10^15 has
exactly one code and every code one id, so codes are unique without an index and cannot be guessed without the key.
"""

from array import array
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from daftar.store.keys import Secrets
from daftar.terms.tracking_codes import TrackingCode, complete

LEFT = 10**7
RIGHT = 10**8
LARGEST_ID = LEFT * RIGHT - 1
ROUNDS = 8


class TrackingCodes:
    """Turns journal ids into tracking codes and back, under one secret.

    The rounds run over arrays of this machine's byte order, which is little-endian wherever Daftar is served.
    """

    def __init__(self, secrets: Secrets) -> None:
        self._cipher = Cipher(algorithms.AES(secrets.derive("tracking-code")), modes.ECB())

    def codes(self, ids: Sequence[int]) -> list[TrackingCode]:
        """The codes of ids from 0 to `LARGEST_ID`, in order; many at once cost little more than one."""
        left = [each // RIGHT for each in ids]
        right = [each % RIGHT for each in ids]
        for number in range(ROUNDS):
            if number % 2:
                right = [(r + f) % RIGHT for r, f in zip(right, self._round(number, left), strict=True)]
            else:
                left = [(h + f) % LEFT for h, f in zip(left, self._round(number, right), strict=True)]
        return [complete(h * RIGHT + r) for h, r in zip(left, right, strict=True)]

    def id_of(self, code: TrackingCode) -> int:
        """The id of a code that `read_tracking_code` has accepted."""
        body = int(code[:-1])
        left, right = body // RIGHT, body % RIGHT
        for number in reversed(range(ROUNDS)):
            if number % 2:
                right = (right - self._round(number, [left])[0]) % RIGHT
            else:
                left = (left - self._round(number, [right])[0]) % LEFT
        return left * RIGHT + right

    def _round(self, number: int, halves: Sequence[int]) -> Sequence[int]:
        blocks = array("Q", [number]) * (2 * len(halves))
        blocks[::2] = array("Q", halves)
        mixed = array("Q", self._cipher.encryptor().update(blocks.tobytes()))
        return mixed[::2]
