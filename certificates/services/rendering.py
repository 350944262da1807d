"""The PDF of a certificate. The same face gives the same bytes, in whatever process."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from certificates.domain.faces import CertificateFace
from certificates.models import Certificate, CertificateFile, CertificateHolder
from certificates.selectors import certificate_face_unscoped
from core.models import write_file
from core.services import printed_logo, set_pdf

STYLE = "css/certificate.css"


def render_certificate(*, certificate_id: int, now: datetime) -> CertificateFile:
    """The certificate's PDF, made if it isn't there yet; the first file is kept for good. None is made for who is erased.

    It is set before anything is locked. Two at once set it twice, to the same bytes, and store it once.
    """
    certificate = Certificate.objects.select_related("holder", "file", "edition").get(pk=certificate_id)
    if certificate.file.rendered_at is not None or not certificate.holder.name:
        return certificate.file
    template = certificate.template_version.partition("-")[0]
    pdf = render_pdf(face=certificate_face_unscoped(certificate, logo=printed_logo()), template=template)
    return _store(certificate, pdf, now)


def render_due_certificates(*, now: datetime) -> int:
    """Set the certificates that a worker left unset when it was stopped; how many."""
    waiting = (
        CertificateFile.objects.filter(rendered_at=None)
        .exclude(certificate__holder__name="")
        .values_list("certificate_id", flat=True)
    )
    return len([render_certificate(certificate_id=pk, now=now) for pk in waiting.order_by("pk")])


@transaction.atomic
def _store(certificate: Certificate, pdf: bytes, now: datetime) -> CertificateFile:
    row = CertificateFile.objects.select_for_update().get(certificate=certificate)
    if row.rendered_at is not None or not CertificateHolder.objects.get(certificate=certificate).name:
        return row
    row.certificate = certificate
    row.rendered_at, row.sha256 = now, hashlib.sha256(pdf).hexdigest()
    write_file(row.file, f"{certificate.number}.pdf", pdf)
    row.save(update_fields=["rendered_at", "sha256", "file"])
    return row


def render_pdf(*, face: CertificateFace, template: str = "classic") -> bytes:
    """The certificate as a PDF, A4 landscape, one page."""
    return set_pdf(html=render_html(face=face, template=template), style=STYLE)


def render_html(*, face: CertificateFace, template: str = "classic") -> str:
    """The sheet before it is set, in the certificate's language."""
    with translation.override(face.language):
        return render_to_string(f"certificates/certificate_{template}.html", {"face": face})
