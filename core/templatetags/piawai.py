"""Small template tags used everywhere; loaded as built-ins."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import segno
from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from core.selectors import organisation

register = template.Library()

INK = "#0d2728"
"""The colour of text on paper, as in tokens.css."""


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon of static/icons.svg, hidden from screen readers: `{% icon "i-book" %}`."""
    return _icon(name, size)


@lru_cache(maxsize=512)
def _icon(name: str, size: str) -> SafeString:
    # A page has up to 300: looking up the file's address each time took a tenth of it.
    classes = f"icon icon-{size}" if size else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("icons.svg"), name
    )


@register.simple_tag
def status(of: Any, variant: str = "") -> SafeString:
    """A state, always shape, word and colour: `{% status card.status "bare" %}`; variants: bare, calm, loud.

    of: anything with shape, tone and label.
    """
    classes = f"status tone-{of.tone} status-{variant}" if variant else f"status tone-{of.tone}"
    return format_html('<span class="{}">{}{}</span>', classes, _icon(of.shape, ""), of.label)


@register.simple_tag
def kept(template_name: str, it: Hashable) -> SafeString:
    """A part of a page that is made of one value only: `{% kept "home/activity.html" activity %}`. The template calls it `it`.

    Rendered once and kept by what the value says, so it must be frozen, must say everything, and hold nothing of a person.
    """
    return rendered(template_name, it, get_language())


@lru_cache(maxsize=5000)
def rendered(template_name: str, it: Hashable, language: str) -> SafeString:
    # Clauses, activities, cells of a matrix: the same few for everybody, and most of the time of their pages.
    return render_to_string(template_name, {"it": it})


@register.simple_tag
def symbol(name: str) -> SafeString:
    """A symbol without the icon's size: persona, mood, logo."""
    return format_html('<svg aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name)


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """The address as a QR code to print; a seventh of it may be worn, and it is still read."""
    code = segno.make_qr(address, error="m")
    svg = code.svg_inline(omitsize=True, border=0, dark=INK, svgclass=None, lineclass=None)
    return mark_safe(svg)  # noqa: S308  (drawn by segno: it holds no text of ours)


@register.simple_tag
def weave(label: str, states: list[str]) -> SafeString:
    """The woven band, one tile a step; `states` holds "done", "now", "wrong" or "" for each."""
    tiles = format_html_join(
        "", "<i{}></i>", ((format_html(' class="is-{}"', state) if state else "",) for state in states)
    )
    return format_html('<p class="weave" role="img" aria-label="{}">{}</p>', label, tiles)


@register.simple_tag
def lang(language: str) -> SafeString:
    """The attribute for words in another language than the page's; nothing for its own: `<p{% lang clause.language %}>`."""
    return mark_safe("") if language == get_language() else format_html(' lang="{}"', language)


@register.filter
def in_language(text: str, language: str) -> SafeString:
    """Words among others: in an element of their own where their language isn't the page's."""
    attribute = lang(language)
    return format_html("<span{}>{}</span>", attribute, text) if attribute else conditional_escape(text)


@register.simple_tag
def organisation_name() -> str:
    return organisation().name


@register.filter
def minutes(count: int) -> str:
    """“8 minutes”."""
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


@register.filter
def spent(duration: timedelta | None) -> str:
    """A duration as whole minutes, at least one."""
    return minutes(max(1, round((duration or timedelta()).total_seconds() / 60)))


@register.filter
def get_item(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key)


@register.filter
def letter(index: int) -> str:
    """0 → A, 1 → B: the key that a choice or option shows."""
    return chr(ord("A") + index)


@register.filter
def greeting_key(moment: datetime) -> str:
    """ "morning", "afternoon" or "evening" for a local time."""
    return "morning" if moment.hour < 12 else "afternoon" if moment.hour < 18 else "evening"
