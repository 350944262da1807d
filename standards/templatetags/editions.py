"""What changed in a clause, for people: the name of the part, and either side of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django import template
from django.utils.translation import gettext_lazy as _

from standards.domain.differences import Mark, PartDifference, Piece
from standards.enums import IndicatorKind, Pitfall

register = template.Library()

PART_NAMES = {
    "title": _("Title"),
    "statement": _("Statement"),
    "why": _("Why"),
    "looks_like": _("It looks like"),
    "is_not": _("It is not"),
    "you_decide": _("You decide"),
    "beyond_that": _("Beyond that"),
    "indicator_kind": _("Kind of indicator"),
    "indicator_target": _("Target"),
    "indicator_measure": _("Of what"),
    "indicator_method": _("How it is measured"),
    "pitfalls": _("Pitfalls"),
}
KEYS = {"indicator_kind": dict(IndicatorKind.choices), "pitfalls": dict(Pitfall.choices)}
"""Parts that hold keys, with what people read for them."""


@register.filter
def part_name(part: PartDifference) -> str:
    return str(PART_NAMES[part.name])


@register.filter
def readable(part: PartDifference) -> tuple[Piece, ...]:
    """The pieces of the part, with words for keys."""
    if part.name not in KEYS:
        return part.pieces
    words = KEYS[part.name]
    return tuple(
        Piece(piece.mark, re.sub(r"\w+", lambda key: str(words.get(key[0], key[0])), piece.text))
        for piece in part.pieces
    )


@register.filter
def older(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The older text alone, with what was taken out."""
    return tuple(piece for piece in pieces if piece.mark is not Mark.PUT_IN)


@register.filter
def newer(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The newer text alone, with what was put in."""
    return tuple(piece for piece in pieces if piece.mark is not Mark.TAKEN_OUT)
