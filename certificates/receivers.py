"""A completed programme issues its certificate and tells its holder at once, in the same transaction; the PDF follows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from certificates.models import Certificate
from certificates.services import issue_certificate, tell_of_certificate
from certificates.signals import certificate_issued
from certificates.tasks import render_issued_certificate
from training.models import ProgramCompletion
from training.signals import program_completed


@receiver(program_completed, sender=ProgramCompletion, dispatch_uid="certificates.issue")
def on_program_completed(
    sender: type[ProgramCompletion],
    completion: ProgramCompletion,
    clause_version_ids: list[int],
    now: datetime,
    **kwargs: Any,
) -> None:
    issue_certificate(completion=completion, clause_version_ids=clause_version_ids, now=now)


@receiver(certificate_issued, sender=Certificate, dispatch_uid="certificates.render")
def on_certificate_issued(sender: type[Certificate], certificate: Certificate, **kwargs: Any) -> None:
    def enqueue() -> None:
        render_issued_certificate.enqueue(certificate.pk)

    # Robust: a job that can't be enqueued doesn't fail the request. The certificate's page offers to make the PDF.
    # A function and no partial, since Django names it in its log by an attribute that a partial lacks.
    transaction.on_commit(enqueue, robust=True)


@receiver(certificate_issued, sender=Certificate, dispatch_uid="certificates.tell")
def tell_holder(sender: type[Certificate], certificate: Certificate, now: datetime, **kwargs: Any) -> None:
    tell_of_certificate(certificate=certificate, now=now)
