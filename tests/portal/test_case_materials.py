"""Material of a case: put in and taken out while it is written, read by both persons and by reviewers (S3.14)."""

from uuid import UUID, uuid4

import pytest
from django.conf import settings

from daftar.portal.cases import material_services, services
from daftar.portal.cases.materials.checking import Checked
from daftar.portal.cases.materials.keeping import Kept, keep, open_content, open_name
from daftar.portal.cases.models import Case, Material
from daftar.portal.cases.stepping import CaseNotDone
from daftar.terms.cases import CaseState, NotDone
from tests.portal import world
from tests.portal.acting import told
from tests.portal.casework import MEMBER, NOW, Recorded, later, recorded, saved, sent_back, submitted, who

PAPER = b"%PDF-1.7 a birth certificate"


@pytest.fixture(autouse=True)
def procedure(portal: str, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    return recorded(monkeypatch)


def kept(content: bytes = PAPER, digest: str = "d1") -> Kept:
    """A checked file, sealed."""
    checked = Checked("出生证.pdf", "application/pdf", content, 2, digest)
    return keep(settings.SECRETS, uuid4(), checked)


def add(case: Case, file: Kept | None = None, *, what: str = "birth_certificate", by: str = "principal") -> Material:
    """Put a file into a case."""
    return material_services.material_add(case=case.pk, what=what, kept=file or kept(), by=who(by), at=NOW)


def why(call: object, **arguments: object) -> NotDone:
    """Why an act is not done."""
    with pytest.raises(CaseNotDone) as raised:
        call(**arguments, at=later(1))
    return raised.value.why


def test_what_was_put_in_comes_out_and_lies_sealed() -> None:
    case = saved()
    made = add(case)
    shown = material_services.material_open(case=case.pk, material=made.pk, by=who("principal"), at=NOW)
    assert open_name(settings.SECRETS, shown.pk, bytes(shown.sealed_name)) == "出生证.pdf"
    assert open_content(settings.SECRETS, shown.pk, shown.media_type, bytes(shown.content)) == PAPER
    assert PAPER not in bytes(shown.content)
    assert [row.outcome for row in told(world.key_of(MEMBER))][-2:] == ["material_added", "shown"]
    assert told(world.key_of(MEMBER))[-1].shown == "material"


def test_a_double_upload_is_one_and_the_same_file_may_prove_two_things() -> None:
    case = saved()
    assert add(case).pk == add(case).pk
    assert add(case, what="photo").pk != add(case).pk
    assert services.materials_given(case) == {"birth_certificate", "photo"}


def test_a_case_holds_so_many_files_and_no_more() -> None:
    case = saved()
    for number in range(material_services.MOST_MATERIALS):
        add(case, kept(digest=str(number)))
    with pytest.raises(CaseNotDone) as raised:
        add(case)
    assert raised.value.why == NotDone.TOO_MANY_MATERIALS


def test_what_no_reviewer_can_have_seen_is_gone_and_the_rest_is_kept_as_removed(procedure: Recorded) -> None:
    procedure.needed = ("birth_certificate",)
    case = saved()
    made, remove = add(case), {"case": case.pk, "by": who("principal"), "at": NOW}
    assert material_services.material_remove(**remove, material=made.pk)
    assert not material_services.material_remove(**remove, material=made.pk)
    assert not Material.objects.exists()
    add(case)
    services.case_submit(case=case.pk, version=2, by=who("principal"), at=NOW)
    Case.objects.filter(pk=case.pk).update(state=CaseState.SENT_BACK, queued_at=None, sent_back_at=NOW)
    seen = Material.objects.get()
    assert material_services.material_remove(**remove, material=seen.pk)
    assert services.materials_given(case) == frozenset()
    assert material_services.material_read(case=case.pk, material=seen.pk, by=who("county"), at=NOW).removed_at == NOW


def test_material_changes_only_while_the_case_is_written() -> None:
    case = submitted()
    assert why(material_services.material_add, case=case.pk, what="", kept=kept(), by=who("principal")) == (
        NotDone.NOT_IN_THIS_STATE
    )
    again = sent_back()
    add(again)
    assert services.materials_given(again) == {"birth_certificate"}


def test_nobody_else_puts_in_takes_out_or_reads(procedure: Recorded) -> None:
    case = saved()
    made = add(case)
    one: dict[str, UUID | int] = {"case": case.pk, "material": made.pk}
    for user in ("stranger", "member", "county"):
        for call in (material_services.material_open, material_services.material_remove):
            assert why(call, **one, by=who(user)) == NotDone.NOT_YOURS
        assert why(material_services.material_read, **one, by=who(user)) == NotDone.OUT_OF_SCOPE
    services.case_submit(case=case.pk, version=2, by=who("principal"), at=NOW)
    assert material_services.material_open(**one, by=who("member"), at=NOW).pk == made.pk
    assert material_services.material_read(**one, by=who("county"), at=NOW).pk == made.pk
    assert why(material_services.material_read, **one, by=who("elsewhere")) == NotDone.OUT_OF_SCOPE


def test_a_file_of_another_case_is_not_there() -> None:
    made = add(submitted_later := saved())
    services.case_submit(case=submitted_later.pk, version=2, by=who("principal"), at=NOW)
    other = saved()
    with pytest.raises(Material.DoesNotExist):
        material_services.material_open(case=other.pk, material=made.pk, by=who("principal"), at=NOW)
