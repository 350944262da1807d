"""What the organisation calls itself; edited in the admin under Settings."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def validate_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(
            _("“%(value)s” is not a time zone. Write it like Asia/Kuala_Lumpur."), params={"value": value}
        )


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

    class Meta:
        verbose_name = _("organisation")
