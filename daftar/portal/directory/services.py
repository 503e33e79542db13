"""Writing entries of the directory by hand; the feeds write theirs below the portal (daftar.feeds.directory_index)."""

from django.db import transaction

from daftar.feeds.directory_index import institutions_index, note_change, office_words
from daftar.portal.directory.models import Institution, Office, PoolingRegion, Region
from daftar.portal.journal.services import raw_connection
from daftar.terms.finding import words_of

Entry = Region | PoolingRegion | Institution | Office


def entry_save(entry: Entry, *, new: bool = False) -> None:
    """Save an entry together with what it is found by; all other fields are as the caller set them.

    A `new` one raises IntegrityError where another has come in between.
    """
    with transaction.atomic():
        stored = type(entry)._default_manager.select_for_update().filter(pk=entry.pk).first()
        entry.words = "" if entry.withdrawn else _words(entry)
        entry.save(force_insert=new)
        conn = raw_connection()
        if isinstance(entry, Institution):
            institutions_index(conn, [(entry.code, stored.words if stored else "", entry.words)])
        note_change(conn)


def _words(entry: Entry) -> str:
    if isinstance(entry, Office):
        return office_words(entry.name, entry.department, entry.code)
    return words_of(entry.name, entry.code)
