"""A certificate as it was issued. What is personal in it stands beside the fact, where erasure may blank it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.domain.codes import LENGTH, grouped
from certificates.querysets import CertificateQuerySet
from core.models import Fact, private_storage


class NumberCounter(models.Model):
    """The last number given in a year; its row is locked by whoever issues."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Certificate(Fact):
    """It keeps what it said on the day it was issued, whatever is renamed later. A renewal is a second certificate.

    `issued_on` and `expires_on` are days of the organisation's calendar, `expires_on` the last one that counts; `score` is
    scaled, 0 to 1. The holder's name is in `holder`, the PDF in `file`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program_completion = models.OneToOneField(
        "training.ProgramCompletion", on_delete=models.PROTECT, related_name="certificate"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="certificates"
    )
    program_title = models.CharField(_("programme"), max_length=255)
    issuer = models.CharField(_("issued by"), max_length=120)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=4, null=True)
    edition = models.ForeignKey("standards.Edition", null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=12)
    template_version = models.CharField(_("template"), max_length=40)
    number = models.CharField(_("number"), max_length=20, unique=True)
    code = models.CharField(_("code"), max_length=LENGTH, unique=True)
    issued_at = models.DateTimeField(_("issued at"))
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"), null=True)

    objects: ClassVar[Any] = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["learner", "issued_at"], name="certificates_learner_issued")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("certificate", args=[self.public_id])

    @property
    def printed_code(self) -> str:
        return grouped(self.code)

    @property
    def score_percent(self) -> int | None:
        return None if self.score is None else round(self.score * 100)


class CertificateHolder(models.Model):
    """Whom it names, as the name was written then. Blanked when the person is erased."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="holder")
    name = models.CharField(_("name"), max_length=300)

    class Meta:
        verbose_name = _("holder")

    def __str__(self) -> str:
        return self.name


class CertificateClause(Fact):
    """A clause that the programme's activities cited, in the version that was in force at completion."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="clauses")
    clause_version = models.ForeignKey("standards.ClauseVersion", on_delete=models.PROTECT, related_name="certificates")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "clause_version"], name="certificates_certificateclause_unique"
            )
        ]

    def __str__(self) -> str:
        return str(self.clause_version)


def file_path(instance: CertificateFile, filename: str) -> str:
    """A folder a certificate, so that erasing it is removing one folder."""
    return f"certificates/{instance.certificate.public_id}/{filename}"


class CertificateFile(models.Model):
    """The PDF. Made with the certificate and empty until it is rendered: until then the row is the job to do."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="file")
    rendered_at = models.DateTimeField(null=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    file = models.FileField(upload_to=file_path, storage=private_storage, max_length=200, blank=True)

    class Meta:
        verbose_name = _("certificate file")
        constraints = [
            models.CheckConstraint(
                condition=Q(rendered_at=None, sha256="", file="") | (Q(rendered_at__isnull=False) & ~Q(sha256="")),
                name="certificates_certificatefile_rendered_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.certificate)
