"""Issuing: a certificate, its number and the job of rendering it, in the transaction that completes the programme."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from certificates.domain.codes import RANDOM_BYTES, code_from_bytes
from certificates.domain.numbers import certificate_number
from certificates.models import (
    Certificate,
    CertificateClause,
    CertificateFile,
    CertificateHolder,
    NumberCounter,
)
from certificates.signals import certificate_issued
from core.selectors import organisation, organisation_today
from standards.selectors.chapters import current_edition
from training.models import ProgramCompletion

TEMPLATE_VERSION = "classic-1"
"""Template and its version: raised when a template changes what an issued certificate would look like."""


@transaction.atomic
def issue_certificate(
    *, completion: ProgramCompletion, clause_version_ids: Collection[int], now: datetime
) -> Certificate:
    """The certificate of this completion; the one that is there already, if there is one.

    clause_version_ids: the versions in force of every clause that the programme's activities cite.
    """
    # Two that complete at once wait here for each other; the second finds what the first has issued.
    locked = (
        ProgramCompletion.objects.select_for_update(of=("self",))
        .select_related("assignment__program", "assignment__learner")
        .get(pk=completion.pk)
    )
    if existing := Certificate.objects.filter(program_completion=locked).first():
        return existing
    certificate = _write_certificate(locked, now)
    CertificateHolder.objects.create(certificate=certificate, name=locked.assignment.learner.name)
    CertificateClause.objects.bulk_create(
        CertificateClause(certificate=certificate, clause_version_id=version)
        for version in sorted(set(clause_version_ids))
    )
    CertificateFile.objects.create(certificate=certificate)
    certificate_issued.send(Certificate, certificate=certificate, now=now)
    return certificate


def _write_certificate(completion: ProgramCompletion, now: datetime) -> Certificate:
    assignment, today, edition = completion.assignment, organisation_today(now), current_edition()
    return Certificate.objects.create(
        program_completion=completion,
        learner=assignment.learner,
        program_title=assignment.program.title,
        issuer=organisation().name,
        edition=edition,
        language=get_language() or settings.LANGUAGE_CODE,
        template_version=TEMPLATE_VERSION,
        code=code_from_bytes(secrets.token_bytes(RANDOM_BYTES)),
        issued_at=now,
        issued_on=today,
        expires_on=completion.expires_on,
        number=_next_number(today.year),
    )


def _next_number(year: int) -> str:
    """The year's next number. The counter stays locked until the transaction ends, so that a rollback leaves no gap."""
    NumberCounter.objects.get_or_create(year=year)
    counter = NumberCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return certificate_number(year, counter.last)
