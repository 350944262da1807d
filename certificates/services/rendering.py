"""Setting a certificate as a PDF. The same face gives the same bytes, in whatever process.

WeasyPrint's font configuration and the parsed style sheet are kept for the life of the process: making them anew for each
certificate costs half as much again, and memory. Pango is not made for several threads at one font map, hence the lock.
"""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates.domain.faces import CertificateFace
from certificates.models import Certificate, CertificateFile
from certificates.selectors import certificate_face_unscoped
from core.selectors import organisation

FILES = "https://files.invalid/"
"""Stands for the project's own files while a sheet is set; the reserved name can't be anybody's host."""

_one_at_a_time = Lock()


class ProjectFiles(URLFetcher):
    """Gives WeasyPrint static files (FILES/static/…) and media (FILES/media/…), and nothing else: no other file, no network."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        folder, _, name = unquote(urlsplit(url).path).lstrip("/").partition("/")
        if not url.startswith(FILES) or folder not in {"static", "media"}:
            raise ValueError(f"Certificates use the project's own files only, not {url}")
        if folder == "media":
            with default_storage.open(name) as file:
                return URLFetcherResponse(url, body=file.read())
        found = finders.find(name)
        if found is None:
            raise FileNotFoundError(name)
        return URLFetcherResponse(url, body=Path(found).read_bytes())


def render_certificate(*, certificate_id: int, now: datetime) -> CertificateFile:
    """The certificate's PDF, made if it isn't there yet; the first file is kept for good.

    It is set before anything is locked. Two at once set it twice, to the same bytes, and store it once.
    """
    certificate = Certificate.objects.select_related("holder", "file", "edition").get(pk=certificate_id)
    if certificate.file.rendered_at is not None:
        return certificate.file
    template = certificate.template_version.partition("-")[0]
    pdf = render_pdf(face=certificate_face_unscoped(certificate, logo=_logo()), template=template)
    return _store(certificate, pdf, now)


def render_due_certificates(*, now: datetime) -> int:
    """Set the certificates that a worker left unset when it was stopped; how many."""
    waiting = CertificateFile.objects.filter(rendered_at=None).values_list("certificate_id", flat=True)
    return len([render_certificate(certificate_id=pk, now=now) for pk in waiting.order_by("pk")])


@transaction.atomic
def _store(certificate: Certificate, pdf: bytes, now: datetime) -> CertificateFile:
    row = CertificateFile.objects.select_for_update().get(certificate=certificate)
    if row.rendered_at is not None:
        return row
    row.certificate = certificate
    row.rendered_at, row.sha256 = now, hashlib.sha256(pdf).hexdigest()
    name = f"{certificate.number}.pdf"
    # What a worker that was killed while writing has left: the row says that no file is there.
    row.file.storage.delete(row.file.field.generate_filename(row, name))
    row.file.save(name, ContentFile(pdf), save=False)
    row.save(update_fields=["rendered_at", "sha256", "file"])
    return row


def _logo() -> str:
    """The organisation's logo in print size, as the name of a media file; empty where there is none."""
    logo = organisation().logo
    return logo.get_rendition("max-600x600|format-png").file.name if logo else ""


def render_pdf(*, face: CertificateFace, template: str = "classic") -> bytes:
    """The certificate as a PDF, A4 landscape, one page."""
    sheet = render_html(face=face, template=template)
    with _one_at_a_time:
        fonts, style, fetcher = _tools()
        return HTML(string=sheet, base_url=FILES, url_fetcher=fetcher).write_pdf(stylesheets=[style], font_config=fonts)


def render_html(*, face: CertificateFace, template: str = "classic") -> str:
    """The sheet before it is set, in the certificate's language."""
    with translation.override(face.language):
        return render_to_string(f"certificates/certificate_{template}.html", {"face": face})


@cache
def _tools() -> tuple[Any, Any, ProjectFiles]:
    # A system font with weights to choose from is cut for each sheet, and fontTools writes the time into it unless told one.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    fonts, fetcher = FontConfiguration(), ProjectFiles()
    return fonts, CSS(url=f"{FILES}static/css/certificate.css", url_fetcher=fetcher, font_config=fonts), fetcher
