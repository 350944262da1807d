"""Completed programmes and their certificates, and a face for the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model

from certificates.domain.faces import CertificateFace
from certificates.models import Certificate
from certificates.services import issue_certificate
from people.models import User
from standards.models import ClauseVersion
from tests.factories.people import NOW, UserFactory
from training.models import Program, ProgramCompletion
from training.services.assigning import assign_program
from training.services.programs import create_program


def make_face(**fields: Any) -> CertificateFace:
    """What a certificate shows, any part of it replaced."""
    filled: dict[str, Any] = {
        "language": "en",
        "issuer": "Contoh & Co.",
        "logo": "",
        "holder_name": "Aina Melati",
        "program_title": "Complaint handling",
        "score": None,
        "issued_on": date(2026, 3, 14),
        "expires_on": date(2027, 3, 14),
        "number": "2026-000123",
        "code": "K7QF2M9XTR4B8HWCJD3N5YVA6G",
        "address": "https://contoh.example/verify/K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G/",
        "clause_codes": ("RES-1", "RES-2", "RES-3"),
        "edition": 3,
    }
    return CertificateFace(**{**filled, **fields})


def make_completion(
    learner: User | None = None,
    *,
    program: Program | None = None,
    title: str = "Complaint handling",
    now: datetime = NOW,
    expires_on: date | None = None,
) -> ProgramCompletion:
    """An assignment closed by its completion, without the work in between and without a certificate."""
    program = program or make_program(title)
    assignment = assign_program(program=program, learner=learner or UserFactory(), by=None, now=now - timedelta(days=7))
    return ProgramCompletion.objects.create(
        assignment=assignment, completed_at=now, completed_on=now.date(), expires_on=expires_on
    )


def make_program(title: str = "Complaint handling", activities: Sequence[Model] = ()) -> Program:
    return create_program(
        title=title,
        slug=f"programme-{Program.objects.count() + 1}",
        description="",
        days_to_complete=14,
        active_months=12,
        activities=activities,
        by=None,
        now=NOW,
    )


def issue(learner: User | None = None, *, now: datetime = NOW, **fields: Any) -> Certificate:
    """A certificate on every clause in force; `fields` as for `make_completion`."""
    versions = ClauseVersion.objects.filter(clause__current_version__isnull=False).values_list("pk", flat=True)
    completion = make_completion(learner, now=now, **fields)
    return issue_certificate(completion=completion, clause_version_ids=list(versions), now=now)
