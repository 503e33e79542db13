"""How a tracking code is made: a keyed permutation of the journal's id, then a check digit (design §4, S2.18).

The permutation is an alternating Feistel network over 10^7 x 10^8 with AES as round function: every id below 10^15 has
exactly one code and every code one id, so codes are unique without an index and cannot be guessed without the key.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from daftar.store.keys import Secrets
from daftar.terms.tracking_codes import AFTER, BODY_DIGITS, GROUP, TrackingCode, complete

LEFT = 10**7
RIGHT = 10**8
LARGEST_ID = LEFT * RIGHT - 1
ROUNDS = 8
FEW = 8
"""Fewer codes than this are made one by one, as numbers of Python; of more, whole columns at once are quicker."""
Halves = npt.NDArray[np.uint64]
_NUMBERS = tuple(number.to_bytes(8, "little") for number in range(ROUNDS))
Encrypt = Callable[[bytes], bytes]
"""AES of whole blocks, each for itself."""


class TrackingCodes:
    """Turns journal ids into tracking codes and back, under one secret."""

    def __init__(self, secrets: Secrets) -> None:
        self._cipher = Cipher(algorithms.AES(secrets.derive("tracking-code")), modes.ECB())

    def codes(self, ids: Sequence[int]) -> list[TrackingCode]:
        """The codes of ids from 0 to `LARGEST_ID`, in order; many at once cost little more than a few."""
        encrypt = self._cipher.encryptor().update
        if len(ids) < FEW:
            return [complete(_permuted(id, encrypt)) for id in ids]
        left, right = np.divmod(np.fromiter(ids, np.uint64, len(ids)), np.uint64(RIGHT))
        for number in range(ROUNDS):
            if number % 2:
                right = (right + _column(encrypt, number, left) % RIGHT) % RIGHT
            else:
                left = (left + _column(encrypt, number, right) % LEFT) % LEFT
        bodies = left * np.uint64(RIGHT) + right
        return [TrackingCode(f"{code:016d}") for code in (bodies * np.uint64(10) + _check_digits(bodies)).tolist()]

    def id_of(self, code: TrackingCode) -> int:
        """The id of a code that `read_tracking_code` has accepted."""
        encrypt = self._cipher.encryptor().update
        left, right = divmod(int(code[:-1]), RIGHT)
        for number in reversed(range(ROUNDS)):
            if number % 2:
                right = (right - _number(encrypt, number, left)) % RIGHT
            else:
                left = (left - _number(encrypt, number, right)) % LEFT
        return left * RIGHT + right


def _permuted(id: int, encrypt: Encrypt) -> int:
    """The body of one id's code."""
    left, right = divmod(id, RIGHT)
    for number in range(ROUNDS):
        if number % 2:
            right = (right + _number(encrypt, number, left)) % RIGHT
        else:
            left = (left + _number(encrypt, number, right)) % LEFT
    return left * RIGHT + right


def _number(encrypt: Encrypt, number: int, half: int) -> int:
    """What a round makes of a half: the first eight bytes of its block, encrypted."""
    return int.from_bytes(encrypt(half.to_bytes(8, "little") + _NUMBERS[number])[:8], "little")


def _column(encrypt: Encrypt, number: int, halves: Halves) -> Halves:
    """As `_number` of each, in one go."""
    blocks = np.full((len(halves), 2), number, "<u8")
    blocks[:, 0] = halves
    return np.frombuffer(encrypt(blocks.tobytes()), "<u8")[::2]


_AFTER = np.array([list(after.values()) for after in AFTER], np.intp)
"""The check after a state and a group of digits, by both."""


def _check_digits(bodies: Halves) -> Halves:
    """The digits that complete bodies, as `check_digit` finds them one by one."""
    state = np.zeros(len(bodies), np.intp)
    for place in range(BODY_DIGITS - GROUP, -1, -GROUP):
        state = _AFTER[state, (bodies // np.uint64(10**place) % np.uint64(10**GROUP)).astype(np.intp)]
    return state.astype(np.uint64)
