"""Words for what a clause holds as a key, and marks for what changed in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django import template
from django.db.models import TextChoices
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst, get_text_list
from django.utils.translation import get_language_info, gettext

from standards.domain.differences import Mark, PartDifference, Piece, around_changes
from standards.domain.lookup import Reading, marks
from standards.enums import IndicatorKind, Pitfall
from standards.models import ClauseText
from standards.selectors import charter

register = template.Library()

MARKS = {
    Mark.SAME: (mark_safe(""), mark_safe("")),
    Mark.TAKEN_OUT: (mark_safe("<del>"), mark_safe("</del>")),
    Mark.PUT_IN: (mark_safe("<ins>"), mark_safe("</ins>")),
}
MARKED = (mark_safe("<mark>"), mark_safe("</mark>"))

KEYS: dict[str, type[TextChoices]] = {"indicator_kind": IndicatorKind, "pitfalls": Pitfall}
"""Parts of a clause that hold keys, with what they choose from."""

_KEY = re.compile(r"\w+")


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
def in_words(part: PartDifference) -> tuple[Piece, ...]:
    """The pieces of a part; where it holds keys, with the words for them."""
    choices = KEYS.get(part.name)
    if choices is None:
        return part.pieces
    words = {choice.value: str(choice.label) for choice in choices}
    return tuple(replace(piece, text=_KEY.sub(lambda key: words[key[0]], piece.text)) for piece in part.pieces)


@register.filter
def in_short(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Changes with a few words around them, where the whole text stands beside them."""
    return around_changes(pieces)


@register.filter
def older(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The older text alone, with what was taken out."""
    return tuple(piece for piece in pieces if piece.mark is not Mark.PUT_IN)


@register.filter
def newer(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The newer text alone, with what was put in."""
    return tuple(piece for piece in pieces if piece.mark is not Mark.TAKEN_OUT)


@register.filter
def part_name(part: PartDifference) -> str:
    return capfirst(str(ClauseText._meta.get_field(part.name).verbose_name))


@register.filter
def language_names(codes: Sequence[str]) -> str:
    """Languages in words: “English and Malay”."""
    return get_text_list([str(get_language_info(code)["name_translated"]) for code in codes], gettext("and"))


@register.filter
def indicator_kind(key: str) -> str:
    return str(IndicatorKind(key).label)


@register.filter
def pitfall(key: str) -> str:
    return str(Pitfall(key).label)


@register.simple_tag
def has_charter() -> bool:
    """Whether there is a customer charter to link to: `{% has_charter as charter %}`."""
    return charter.has_charter()
