"""Words for what a clause holds as a key."""

from __future__ import annotations

from django import template

from standards.enums import IndicatorKind, Pitfall

register = template.Library()


@register.filter
def indicator_kind(key: str) -> str:
    return str(IndicatorKind(key).label)


@register.filter
def pitfall(key: str) -> str:
    return str(Pitfall(key).label)
