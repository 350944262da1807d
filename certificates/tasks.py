"""What is done after the transaction: setting the PDF."""

from __future__ import annotations

from django_tasks import task

from certificates.services import render_certificate
from core import clock


@task(backend="jobs")
def render_issued_certificate(certificate_id: int) -> None:
    render_certificate(certificate_id=certificate_id, now=clock.now())
