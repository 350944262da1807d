"""Words for what a clause holds as a key, and marks for what changed in it."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from standards.domain.differences import Mark, Piece
from standards.domain.lookup import Reading, marks
from standards.enums import IndicatorKind, Pitfall

register = template.Library()

MARKS = {
    Mark.SAME: (mark_safe(""), mark_safe("")),
    Mark.TAKEN_OUT: (mark_safe("<del>"), mark_safe("</del>")),
    Mark.PUT_IN: (mark_safe("<ins>"), mark_safe("</ins>")),
}
MARKED = (mark_safe("<mark>"), mark_safe("</mark>"))


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """A difference as text, with `del` around what was taken out and `ins` around what was put in."""
    return format_html_join(
        "", "{}{}{}", ((MARKS[piece.mark][0], piece.text, MARKS[piece.mark][1]) for piece in pieces)
    )


@register.filter
def highlight(text: str, reading: Reading) -> SafeString:
    """The text with what was looked for in `mark`."""
    pieces = ((MARKED if is_hit else MARKS[Mark.SAME], piece) for piece, is_hit in marks(reading, text))
    return format_html_join("", "{}{}{}", ((opened, piece, closed) for (opened, closed), piece in pieces))


@register.filter
def indicator_kind(key: str) -> str:
    return str(IndicatorKind(key).label)


@register.filter
def pitfall(key: str) -> str:
    return str(Pitfall(key).label)
