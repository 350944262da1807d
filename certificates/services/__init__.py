"""Every write about certificates, and the setting of their PDFs."""

from certificates.services.issuing import issue_certificate
from certificates.services.rendering import render_certificate, render_due_certificates, render_html, render_pdf

__all__ = ["issue_certificate", "render_certificate", "render_due_certificates", "render_html", "render_pdf"]
