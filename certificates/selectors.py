"""Reads of certificates: whose they are, what they say, whether they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.domain.faces import CertificateFace
from certificates.domain.ranges import code_parts, code_ranges
from certificates.domain.validity import Validity, validity_on
from certificates.models import Certificate, CertificateClause
from core.enums import Status
from core.selectors import organisation, organisation_today, reader_locale
from people.models import User
from standards.contributions import ClauseCount
from standards.selectors.clauses import clause_contents

STATUSES = {Validity.VALID: Status.VALID, Validity.EXPIRED: Status.EXPIRED}


@dataclass(frozen=True)
class PublicAddress:
    """Where anybody can see whether a certificate holds: base ("https://contoh.example/verify/") and code, in groups."""

    base: str
    code: str

    def __str__(self) -> str:
        return f"{self.base}{self.code}/"

    @property
    def place(self) -> str:
        """The base as people read it: contoh.example/verify/."""
        return self.base.partition("://")[2]


@dataclass(frozen=True)
class CertificateCard:
    """A certificate in its holder's list."""

    certificate: Certificate
    status: Status
    address: PublicAddress


@dataclass(frozen=True)
class ProvedClause:
    """A clause as it read when the certificate was issued."""

    code: str
    number: int
    title: str


@dataclass(frozen=True)
class CertificateReading:
    """One certificate, for those who may see its holder."""

    certificate: Certificate
    status: Status
    address: PublicAddress
    clauses: list[ProvedClause]

    @property
    def is_rendered(self) -> bool:
        return self.certificate.file.rendered_at is not None


@dataclass(frozen=True)
class Verification:
    """What anybody with the code may know, and nothing else about the person."""

    holder_name: str
    program_title: str
    issuer: str
    issued_on: date
    expires_on: date | None
    number: str
    code: str
    edition: int | None
    clause_ranges: list[tuple[str, str]]
    status: Status
    day: date

    @property
    def is_valid(self) -> bool:
        return self.status is Status.VALID


def public_address(certificate: Certificate, base_address: str) -> PublicAddress:
    """On the organisation's own address, or where it has none, on the server's; never on the Host header."""
    return PublicAddress((base_address or settings.BASE_URL).rstrip("/") + reverse("verify"), certificate.printed_code)


def certificates_for_viewer(viewer: User, now: datetime) -> QuerySet[Certificate]:
    """Certificates of the people whom this person may see now."""
    return Certificate.objects.for_viewer(viewer, day=organisation_today(now))


def certificates_for_learner(learner: User, now: datetime) -> list[CertificateCard]:
    """A person's own, newest first."""
    place = organisation()
    today = organisation_today(now)
    found = Certificate.objects.filter(learner=learner).select_related("file")
    return [
        CertificateCard(certificate, _status(certificate, today), public_address(certificate, place.base_address))
        for certificate in found
    ]


def certificate_for_viewer(viewer: User, public_id: UUID, now: datetime) -> CertificateReading | None:
    """One certificate with the clauses it proves; None if there is none or its holder is not this person's to see."""
    certificate = (
        Certificate.objects.for_viewer(viewer, day=organisation_today(now))
        .named()
        .filter(public_id=public_id)
        .select_related("holder", "file", "edition")
        .first()
    )
    if certificate is None:
        return None
    return CertificateReading(
        certificate=certificate,
        status=_status(certificate, organisation_today(now)),
        address=public_address(certificate, organisation().base_address),
        clauses=_proved_clauses(certificate),
    )


def certificate_by_code(code: str, now: datetime) -> Verification | None:
    """What the public page shows for a code (ungrouped); None for an unknown one, and for one whose holder is erased."""
    certificate = Certificate.objects.named().filter(code=code).select_related("holder", "edition").first()
    if certificate is None:
        return None
    today = organisation_today(now)
    return Verification(
        holder_name=certificate.holder.name,
        program_title=certificate.program_title,
        issuer=certificate.issuer,
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        number=certificate.number,
        code=certificate.printed_code,
        edition=certificate.edition.number if certificate.edition else None,
        clause_ranges=code_ranges(_clause_codes(certificate)),
        status=_status(certificate, today),
        day=today,
    )


def certificate_face_unscoped(certificate: Certificate, logo: str) -> CertificateFace:
    """What is printed; `logo` is the name of a media file, or empty."""
    return CertificateFace(
        language=certificate.language,
        issuer=certificate.issuer,
        logo=logo,
        holder_name=certificate.holder.name,
        program_title=certificate.program_title,
        score=certificate.score,
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        number=certificate.number,
        code=certificate.code,
        address=str(public_address(certificate, organisation().base_address)),
        clause_codes=tuple(_clause_codes(certificate)),
        edition=certificate.edition.number if certificate.edition else None,
    )


def clause_counts(clause_ids: Collection[int]) -> list[ClauseCount]:
    """Certificates that rest on these clauses, in whatever version, for the standards' editor. One query."""
    rows = (
        CertificateClause.objects.filter(clause_version__clause__in=clause_ids)
        .order_by()
        .values_list("clause_version__clause")
        .annotate(count=Count("certificate", distinct=True))
    )
    return [ClauseCount(clause, _("Certificates that rest on it"), count) for clause, count in rows]


def _status(certificate: Certificate, today: date) -> Status:
    return STATUSES[validity_on(today, expires_on=certificate.expires_on)]


def _clause_codes(certificate: Certificate) -> Iterable[str]:
    return certificate.clauses.values_list("clause_version__clause__code", flat=True)


def _proved_clauses(certificate: Certificate) -> list[ProvedClause]:
    fields = ("clause_version_id", "clause_version__clause__code", "clause_version__number")
    rows = sorted(certificate.clauses.values_list(*fields), key=lambda row: code_parts(row[1]))
    contents = clause_contents([version for version, _, _ in rows], reader_locale())
    return [ProvedClause(code, number, contents[version].title) for version, code, number in rows]
