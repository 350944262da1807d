"""What a format can't say. Such a question isn't written, or is written without what is named here; never otherwise than it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

from quizzes.domain.authoring import Authored, Choice
from quizzes.domain.exchange.checking import faults_of
from quizzes.domain.exchange.records import Entry, gettext_noop
from quizzes.domain.exchange.weights import decimal_text, weight_text
from quizzes.domain.typed import number_of

GIFT, AIKEN = "gift", "aiken"
LONGEST_NUMBER = 50


class Unsayable(StrEnum):
    """Why a question can't be written in a format."""

    UNFINISHED = "unfinished"
    KIND = "kind"
    PICTURE = "picture"
    UNITS = "units"
    WEIGHTS = "weights"
    NUMBER = "number"
    ARROW = "arrow"
    MISREAD = "misread"
    LINE_BREAKS = "line_breaks"
    TOO_MANY_OPTIONS = "too_many_options"
    TOO_LONG = "too_long"


UNSAYABLE_WORDS: dict[Unsayable, str] = {
    Unsayable.UNFINISHED: gettext_noop("It isn't finished: it couldn't be asked yet."),
    Unsayable.KIND: gettext_noop("The format has no questions of this kind."),
    Unsayable.PICTURE: gettext_noop("The format has no pictures."),
    Unsayable.UNITS: gettext_noop("The format has no units."),
    Unsayable.WEIGHTS: gettext_noop("The format can't say what its answers are worth."),
    Unsayable.NUMBER: gettext_noop("A number in it can't be written as a decimal."),
    Unsayable.ARROW: gettext_noop("The format would take -> in its texts for a pair."),
    Unsayable.MISREAD: gettext_noop("A text in it would be taken for something else."),
    Unsayable.LINE_BREAKS: gettext_noop("The format has no line breaks inside a text."),
    Unsayable.TOO_MANY_OPTIONS: gettext_noop("The format has letters for 26 options only."),
    Unsayable.TOO_LONG: gettext_noop("It has more answers, or a longer text, than the format takes."),
}


class CantSay(Exception):
    """The format can't say this question."""

    def __init__(self, entry: Entry, reason: Unsayable | None) -> None:
        super().__init__(reason)
        self.entry, self.reason = entry, reason


def unsayable(authored: Authored, format_name: str) -> Unsayable | None:
    """The first reason why the format can't say this question; None where it can."""
    checks = {GIFT: _gift, AIKEN: _aiken}[format_name]
    if faults_of(authored):
        return Unsayable.UNFINISHED
    return next((reason for reason, holds in checks(authored) if holds), None)


def left_out(authored: Authored, format_name: str) -> tuple[str, ...]:
    """What a question that can be said is written without: `feedback`, `order`. Right stays right and wrong wrong."""
    if format_name != AIKEN:
        return ()
    feedback = authored.general or any(choice.feedback for choice in authored.choices)
    return (*(["feedback"] if feedback else []), *(["order"] if authored.keeps_order else []))


_Checks = Iterator[tuple[Unsayable, bool]]
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_STEP_MARKS = re.compile(r"[{}\n]|####|^(?:0$|//|\$CATEGORY:)")
_AIKEN_MARK = re.compile(r"\s*(?:[A-Z][.)]\s|ANSWER\s*:)", re.IGNORECASE)
_GIFT_KINDS = frozenset({"single", "multiple", "true_false", "matching", "ordering", "short_text", "numeric"})


def _gift(authored: Authored) -> _Checks:
    yield Unsayable.KIND, authored.kind not in _GIFT_KINDS
    yield Unsayable.PICTURE, authored.picture is not None
    yield Unsayable.UNITS, bool(authored.units)
    yield Unsayable.WEIGHTS, not has_sayable_weights(authored)
    yield Unsayable.NUMBER, authored.kind == "numeric" and not all(map(is_sayable_number, _numbers(authored)))
    yield Unsayable.ARROW, _has_arrow(authored)
    yield Unsayable.MISREAD, any(_STEP_MARKS.search(step.text.strip()) for step in authored.steps)


def _numbers(authored: Authored) -> Iterator[str]:
    for accepted in authored.accepted:
        yield from (accepted.value, accepted.tolerance or "0")


def is_sayable_number(written: str) -> bool:
    return written == "*" or plain_number(written) is not None


def plain_number(written: str) -> str | None:
    """The number with digits, a point and a sign only, as it stands where it is so; None where it can't be."""
    if len(written) > LONGEST_NUMBER:
        return None
    if _NUMBER.fullmatch(written):
        return written
    number = number_of(written)
    return None if number is None else decimal_text(number)


def tolerance_of(written: str) -> str:
    """How far a number may be off, as a decimal; nothing for not at all."""
    plain = plain_number(written) if written else ""
    return "" if plain and not plain.strip("0.") else plain or written


def _has_arrow(authored: Authored) -> bool:
    if authored.kind == "matching":
        return any("->" in pair.left for pair in authored.pairs)
    if authored.kind != "short_text":
        return False
    texts = [text for typed in authored.accepted for text in (typed.value, typed.feedback)]
    return any("->" in text for text in (*texts, authored.otherwise))


def has_sayable_weights(authored: Authored) -> bool:
    """Whether every share of the mark is a percentage, and says by its sign whether the option is right."""
    typed = [accepted.credit for accepted in authored.accepted]
    if not all(weight_text(credit) is not None for credit in typed):
        return False
    if authored.kind == "multiple":
        return all(
            weight_text(share) is not None and (share > 0) == choice.is_right
            for choice, share in zip(authored.choices, shares(authored.choices), strict=True)
        )
    odd = [choice for choice in authored.choices if choice.is_right and choice.credit is not None]
    if odd or (authored.kind == "true_false" and any(choice.credit is not None for choice in authored.choices)):
        return False
    return all(weight_text(choice.credit) is not None for choice in authored.choices if choice.credit is not None)


def shares(choices: tuple[Choice, ...]) -> list[Fraction]:
    """What each option of a question with several right ones is worth: an equal share unless it says so itself."""
    equal = Fraction(1, sum(choice.is_right for choice in choices) or 1)
    return [choice.credit if choice.credit is not None else equal if choice.is_right else -equal for choice in choices]


def _aiken(authored: Authored) -> _Checks:
    texts = [authored.stem, *(choice.text for choice in authored.choices)]
    yield Unsayable.KIND, authored.kind != "single"
    yield Unsayable.PICTURE, authored.picture is not None
    yield Unsayable.WEIGHTS, any(choice.credit is not None for choice in authored.choices)
    yield Unsayable.LINE_BREAKS, any("\n" in text.strip() for text in texts)
    yield Unsayable.TOO_MANY_OPTIONS, len(authored.choices) > 26
    yield Unsayable.MISREAD, bool(_AIKEN_MARK.match(authored.stem)) or len(authored.stem.strip()) < 2
