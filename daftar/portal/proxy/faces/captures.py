"""Captures that were looked at, by keyed digests of their pictures: one that comes again is a replay (ADR 0016).

A camera never makes the same bytes twice. So of every picture a digest stays, for as long as `DAFTAR_FACES_DAYS` says,
and a capture that holds any picture of an earlier one is refused. The digest is keyed with the installation's secret:
without it nobody can try whether a picture was among them, and with it no face comes out of one.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from daftar.portal.proxy.faces.port import Frame
from daftar.portal.proxy.models import FaceFrame

PIECE = 5_000


def digests_of(frames: Sequence[Frame]) -> frozenset[UUID]:
    """A digest for each picture; fewer than frames where a picture is among them twice."""
    key = settings.SECRETS.derive("face-frame")
    return frozenset(UUID(bytes=hashlib.blake2b(frame.jpeg, key=key, digest_size=16).digest()) for frame in frames)


def seen_before(digests: Collection[UUID]) -> bool:
    """Whether an earlier capture held any of these pictures: spares the verifier its second, and decides nothing."""
    return FaceFrame.objects.filter(digest__in=digests).exists()


@transaction.atomic
def capture_keep(*, digests: Collection[UUID], at: datetime) -> bool:
    """Keep a capture's digests, in the transaction that decides; False when an earlier one held any of its pictures.

    Of two at once the second waits for the first one's transaction, and sees it. In the order of the digests, so that
    no two wait for each other.
    """
    rows = [FaceFrame(digest=digest, judged_at=at) for digest in sorted(digests)]
    try:
        with transaction.atomic():
            FaceFrame.objects.bulk_create(rows)
    except IntegrityError:
        FaceFrame.objects.bulk_create(rows, ignore_conflicts=True)  # its other pictures are known from now on too
        return False
    return True


def captures_forget(at: datetime) -> int:
    """Forget the digests that are too old, however many, in pieces that keep no other writer waiting; how many."""
    old = FaceFrame.objects.filter(judged_at__lt=at - settings.FACE_CHECK.remembered)
    gone = 0
    while piece := list(old.values_list("digest", flat=True)[:PIECE]):
        gone += FaceFrame.objects.filter(digest__in=piece).delete()[0]
    return gone
