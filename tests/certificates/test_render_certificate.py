"""The PDF of an issued certificate: made after the transaction, once, and kept."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.db.utils import IntegrityError
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from certificates import receivers
from certificates.models import Certificate, CertificateFile
from certificates.services import issue_certificate, render_certificate, render_due_certificates, rendering
from certificates.tasks import render_issued_certificate
from core.models import OrganisationSettings
from tests.factories.certificates import issue, make_completion
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import publish_chapter
from training.models import ProgramCompletion
from training.signals import program_completed

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def content(file: CertificateFile) -> bytes:
    with file.file.open("rb") as pdf:
        return pdf.read()


def digest(file: CertificateFile) -> str:
    return hashlib.sha256(content(file)).hexdigest()


def page(file: CertificateFile) -> pypdf.PageObject:
    return pypdf.PdfReader(BytesIO(content(file))).pages[0]


def text_of(file: CertificateFile) -> str:
    return " ".join(page(file).extract_text().split())


def test_file_says_what_the_certificate_says_and_its_digest_is_kept():
    publish_chapter(codes=("REL-1", "REL-2"))
    certificate = issue(UserFactory(name="Aina Melati"))

    file = render_certificate(certificate_id=certificate.pk, now=LATER)

    assert file.rendered_at == LATER
    assert file.sha256 == digest(file)
    text = text_of(file)
    for said in (
        "Aina Melati",
        "Complaint handling",
        certificate.number,
        certificate.printed_code,
        "edition 1: REL-1 to REL-2",
    ):
        assert said in text
    assert "testserver/verify" in text


def test_address_is_the_organisations_where_it_has_one():
    OrganisationSettings.objects.update_or_create(defaults={"base_address": "https://train.contoh.example/"})

    file = render_certificate(certificate_id=issue().pk, now=LATER)

    assert "train.contoh.example/verify" in text_of(file)


def test_first_file_is_kept():
    certificate = issue(UserFactory(name="Aina Melati"))
    first = render_certificate(certificate_id=certificate.pk, now=LATER)
    OrganisationSettings.objects.update_or_create(defaults={"base_address": "https://other.example"})

    again = render_certificate(certificate_id=certificate.pk, now=LATER + timedelta(days=1))

    assert (again.rendered_at, again.sha256, again.file.name) == (LATER, first.sha256, first.file.name)


def test_second_to_set_it_finds_the_first_ones_file(monkeypatch):
    certificate = issue()

    def somebody_is_quicker(**kwargs: object) -> bytes:
        monkeypatch.undo()
        render_certificate(certificate_id=certificate.pk, now=NOW)
        return b"%PDF of the slower one"

    monkeypatch.setattr(rendering, "render_pdf", somebody_is_quicker)

    file = render_certificate(certificate_id=certificate.pk, now=LATER)

    assert file.rendered_at == NOW
    assert file.sha256 == digest(file)


def test_file_lies_where_no_web_server_looks():
    certificate = issue()

    name = render_certificate(certificate_id=certificate.pk, now=LATER).file.name

    assert name == f"certificates/{certificate.public_id}/2026-000001.pdf"
    assert storages["private"].exists(name)
    assert not default_storage.exists(name)


def test_what_a_killed_worker_left_is_replaced():
    certificate = issue()
    storages["private"].save(f"certificates/{certificate.public_id}/2026-000001.pdf", ContentFile(b"%PDF-1.7 half"))

    file = render_certificate(certificate_id=certificate.pk, now=LATER)

    folder = storages["private"].listdir(f"certificates/{certificate.public_id}")[1]
    assert folder == ["2026-000001.pdf"]
    assert file.sha256 == digest(file)


# Wagtail leaves its temporary file of a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_certificates_that_were_never_set_are_due_once():
    publish_chapter()
    waiting, ready = issue(UserFactory()), issue(UserFactory())
    render_certificate(certificate_id=ready.pk, now=NOW)

    assert render_due_certificates(now=LATER) == 1
    assert CertificateFile.objects.get(certificate=waiting).rendered_at == LATER
    assert CertificateFile.objects.get(certificate=ready).rendered_at == NOW
    assert render_due_certificates(now=LATER) == 0


def test_logo_of_the_organisation_is_set():
    plain = render_certificate(certificate_id=issue().pk, now=LATER)
    logo = Image.objects.create(title="Logo", file=get_test_image_file(size=(900, 300)))
    OrganisationSettings.objects.update_or_create(defaults={"logo": logo})

    file = render_certificate(certificate_id=issue().pk, now=LATER)

    assert pictures(plain) == 0
    assert pictures(file) == 1


def pictures(file: CertificateFile) -> int:
    objects = page(file)["/Resources"].get("/XObject", {})
    return sum(entry.get_object()["/Subtype"] == "/Image" for entry in objects.values())


def test_pdf_is_made_once_the_transaction_is_committed(django_capture_on_commit_callbacks):
    completion = make_completion()

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        program_completed.send(ProgramCompletion, completion=completion, clause_version_ids=[], now=NOW)
        assert CertificateFile.objects.get().rendered_at is None

    assert len(callbacks) == 1
    assert CertificateFile.objects.get().rendered_at is not None


def test_failing_render_leaves_the_certificate_and_the_job(django_capture_on_commit_callbacks, monkeypatch):
    def fail(**kwargs: object) -> bytes:
        raise OSError("no fonts")

    monkeypatch.setattr(rendering, "render_pdf", fail)
    with django_capture_on_commit_callbacks(execute=True):
        issue()

    assert CertificateFile.objects.get().rendered_at is None
    monkeypatch.undo()
    render_issued_certificate.enqueue(Certificate.objects.get().pk)
    assert CertificateFile.objects.get().rendered_at is not None


def test_job_that_cant_be_enqueued_doesnt_fail_the_request(django_capture_on_commit_callbacks, monkeypatch):
    class Away:
        def enqueue(self, certificate_id: int) -> None:
            raise ConnectionError

    completion = make_completion()
    monkeypatch.setattr(receivers, "render_issued_certificate", Away())

    with django_capture_on_commit_callbacks(execute=True):
        certificate = issue_certificate(completion=completion, clause_version_ids=[], now=NOW)

    assert Certificate.objects.get() == certificate


@pytest.mark.parametrize("fields", [{"rendered_at": NOW}, {"sha256": "0" * 64}, {"file": "some.pdf"}])
def test_half_a_result_is_refused(fields):
    issue()

    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateFile.objects.update(**fields)


@pytest.fixture
def stored(stored, monkeypatch, meet) -> list[str]:
    """Both threads have set their sheet before one may store it."""
    monkeypatch.setattr(rendering, "render_pdf", lambda **kwargs: b"%PDF-1.7")
    meet(rendering, "render_pdf")
    return stored


def unrendered() -> Certificate:
    certificate = issue()
    CertificateFile.objects.update(rendered_at=None, sha256="", file="")
    return certificate


def rendering_of(certificate: Certificate):
    return lambda: render_certificate(certificate_id=certificate.pk, now=LATER)


@pytest.mark.race
def test_rendering_at_once_stores_one_file(at_once, request):
    certificate = unrendered()
    stored = request.getfixturevalue("stored")

    files = at_once(*[rendering_of(certificate)] * 2)

    name = f"certificates/{certificate.public_id}/2026-000001.pdf"
    assert {file.file.name for file in files} == {name}
    assert stored == [name]


@pytest.mark.race
def test_control_without_the_lock_several_are_stored(at_once, unlocked, request):
    certificate = unrendered()
    stored = request.getfixturevalue("stored")

    at_once(*[rendering_of(certificate)] * 2)

    assert len(stored) == 2
