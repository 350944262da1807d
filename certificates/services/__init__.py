"""Every write about certificates, the setting of their PDFs, and telling whose they are."""

from certificates.services.issuing import issue_certificate
from certificates.services.rendering import render_certificate, render_due_certificates, render_html, render_pdf
from certificates.services.telling import CERTIFICATE_READY, tell_of_certificate

__all__ = [
    "CERTIFICATE_READY",
    "issue_certificate",
    "render_certificate",
    "render_due_certificates",
    "render_html",
    "render_pdf",
    "tell_of_certificate",
]
