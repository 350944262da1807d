"""Ways of signing in that this site offers."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def second_factor_offered() -> bool:
    return bool(settings.SECOND_FACTOR != "off")


@register.simple_tag
def company_account() -> str:
    """What people call the account with which they sign in to everything at work; empty where that isn't offered here."""
    return (settings.OIDC_NAME or _("your work account")) if settings.OIDC_ISSUER else ""
