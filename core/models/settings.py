"""What the organisation calls itself; edited in the admin under Settings."""

from __future__ import annotations

from datetime import time
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

VAGUE_WORDS = (
    "as soon as possible",
    "promptly",
    "in a timely manner",
    "where appropriate",
    "if necessary",
    "as needed",
    "reasonable",
    "adequate",
    "sufficient",
    "properly",
    "usually",
    "normally",
    "as a rule",
    "try to",
    "and so on",
    "etc",
)


def validate_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(
            _("“%(value)s” is not a time zone. Write it like Asia/Kuala_Lumpur."), params={"value": value}
        )


def default_vague_words() -> str:
    return "\n".join(VAGUE_WORDS)


@register_setting(icon="site")
class OrganisationSettings(BaseGenericSetting):
    name = models.CharField(_("name"), max_length=120, default="Contoh & Co.")
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="Asia/Kuala_Lumpur",
        validators=[validate_time_zone],
        help_text=_("Dates on certificates and their numbering follow it."),
    )
    base_address = models.URLField(
        _("base address"),
        blank=True,
        help_text=_("Where people reach this site, for links on certificates. Left empty: the BASE_URL of the server."),
    )

    quiet_from = models.TimeField(
        _("quiet from"),
        null=True,
        blank=True,
        default=time(21),
        help_text=_("No mail goes out from then on, by the clock of each person’s branch. Left empty: at any time."),
    )
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True, default=time(8))

    vague_words = models.TextField(
        _("vague words"),
        blank=True,
        default=default_vague_words,
        help_text=_(
            "One word or phrase a line. The chapter editor points them out in clauses: nobody knows what to do by them."
        ),
    )
    highest_reading_grade = models.PositiveSmallIntegerField(
        _("highest reading grade"),
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(18)],
        help_text=_("School years that a clause may ask of its reader. The chapter editor points out harder ones."),
    )

    class Meta:
        verbose_name = _("organisation")

    def clean(self) -> None:
        if (self.quiet_from is None) != (self.quiet_until is None):
            missing = "quiet_from" if self.quiet_from is None else "quiet_until"
            raise ValidationError({missing: _("Give both times, or none.")})
