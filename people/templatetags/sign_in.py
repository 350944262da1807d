"""Ways of signing in that this site offers."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def second_factor_offered() -> bool:
    return bool(settings.SECOND_FACTOR != "off")
