"""What is said of an answer once it may be: what was right, mark by part, and the feedback that belongs to it.

Pure, and full of key: nothing of this goes to a learner but through `quizzes.selectors.feedback`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial

from quizzes.domain.answers import Answer, Given
from quizzes.domain.keys import Accepted, KeyContent, otherwise
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP, TEXT_GAP, kind_of
from quizzes.domain.kinds.base import NOTHING, WHOLE
from quizzes.domain.questions import Option, Part, QuestionContent
from quizzes.domain.typed import amount_of, number_of


@dataclass(frozen=True)
class ReviewedOption:
    text: str
    is_right: bool
    is_chosen: bool
    feedback: str
    is_partly: bool = False


@dataclass(frozen=True)
class ReviewedPart:
    """One thing that was asked: a premise, a step, a gap, a line, or the whole of a question that is typed.

    said, right: in the words that the learner read or typed (a step's place as a number); empty for nothing, which for a line
    means that it is fine. feedback: of what was said; right_feedback: of what is right, where something else was said.
    """

    number: int
    mark: Fraction
    text: str = ""
    speaker: str = ""
    said: str = ""
    right: tuple[str, ...] = ()
    feedback: str = ""
    right_feedback: str = ""
    lacks_unit: bool = False

    @property
    def is_right(self) -> bool:
        return self.mark == WHOLE

    @property
    def is_partly(self) -> bool:
        return NOTHING < self.mark < WHOLE


@dataclass(frozen=True)
class Review:
    """A question's answer, gone through. Options for the kinds that choose, parts for all others."""

    mark: Fraction
    options: tuple[ReviewedOption, ...] = ()
    parts: tuple[ReviewedPart, ...] = ()
    general: str = ""
    is_all_or_nothing: bool = False

    @property
    def right_parts(self) -> int:
        return sum(part.is_right for part in self.parts)

    @property
    def has_others(self) -> bool:
        """Whether there are options that are neither right nor chosen."""
        return any(not (option.is_right or option.is_chosen) for option in self.options)


def review(
    kind: str, content: QuestionContent, key: KeyContent, answer: Answer, options: Iterable[Option] | None = None
) -> Review:
    """options: as they were shown, where that is another order than the content's. Raises UnknownKind."""
    shown = content.options if options is None else tuple(options)
    return Review(
        mark=kind_of(kind).mark(content, key, answer),
        options=_chosen(shown, key, answer) if kind in _CHOOSING else (),
        parts=() if kind in _CHOOSING else tuple(_PARTS[kind](content, key, answer)),
        general=key.general,
        is_all_or_nothing=key.is_all_or_nothing,
    )


def _chosen(options: Iterable[Option], key: KeyContent, answer: Answer) -> tuple[ReviewedOption, ...]:
    said = {given.value for given in answer}
    worth = dict(key.credits)
    return tuple(
        ReviewedOption(
            option.text,
            is_right=option.id in key.right,
            is_chosen=option.id in said,
            feedback=key.said.get(option.id, ""),
            is_partly=option.id not in key.right and worth.get(option.id, NOTHING) > 0,
        )
        for option in options
    )


def _said(answer: Answer) -> dict[str, str]:
    return {given.part: given.value for given in answer}


def _matching(content: QuestionContent, key: KeyContent, answer: Answer) -> Iterable[ReviewedPart]:
    texts, said, right = {option.id: option.text for option in content.options}, _said(answer), dict(key.pairs)
    marks = kind_of("matching").part_marks(content, key, answer)
    for number, part in enumerate(content.parts, start=1):
        yield ReviewedPart(
            number,
            marks[part.id],
            part.text,
            said=texts.get(said.get(part.id, ""), ""),
            right=(texts[right[part.id]],),
            feedback=key.said.get(part.id, ""),
        )


def _ordering(content: QuestionContent, key: KeyContent, answer: Answer) -> Iterable[ReviewedPart]:
    """In the right order."""
    texts = {option.id: option.text for option in content.options}
    places = {given.value: place for place, given in enumerate(answer, start=1)}
    for number, option in enumerate(key.order, start=1):
        place = places.get(option)
        yield ReviewedPart(
            number,
            WHOLE if place == number else NOTHING,
            texts[option],
            said=str(place or ""),
            right=(str(number),),
            feedback=key.said.get(option, ""),
        )


def _spotting(content: QuestionContent, key: KeyContent, answer: Answer) -> Iterable[ReviewedPart]:
    said, broken = _said(answer), dict(key.pairs)
    marks = kind_of("spot_it").part_marks(content, key, answer)
    for number, line in enumerate(content.parts, start=1):
        yield ReviewedPart(
            number,
            marks[line.id],
            line.text,
            line.speaker,
            said.get(line.id, ""),
            (broken[line.id],) if line.id in broken else (),
            key.said.get(line.id, ""),
        )


def _typed(kind: str, content: QuestionContent, key: KeyContent, answer: Answer) -> Iterable[ReviewedPart]:
    """A question that is one field to type into."""
    whole = Part("", kind=NUMBER_GAP if kind == "numeric" else TEXT_GAP)
    mark = kind_of(kind).mark(content, key, answer)
    response = next(iter(kind_of(kind).responses(content, key, answer)), None)
    said = answer[0].value if answer else ""
    yield _typed_part(1, mark, key, whole, said=said, response=response, unit=content.unit)


def _typed_part(
    number: int, mark: Fraction, key: KeyContent, part: Part, *, said: str, response: Given | None, unit: str = ""
) -> ReviewedPart:
    full = [one for one in key.accepted if one.part == part.id and one.credit == WHOLE]
    wants_unit = bool(unit and key.unit_penalty)
    amount = amount_of(said, key.units) if wants_unit else None
    return ReviewedPart(
        number,
        mark,
        said=said,
        right=tuple(dict.fromkeys(_in_words(one, part.kind == NUMBER_GAP, unit) for one in full)),
        feedback=key.said.get(response.value, "") if response else "",
        right_feedback=key.said.get(full[0].id, "") if full and mark != WHOLE else "",
        lacks_unit=amount is not None and amount[1] is None and mark > 0,
    )


def _in_words(accepted: Accepted, is_number: bool, unit: str) -> str:
    """`*sorry*late*` as “sorry…late”, 24 give or take 2 as “22 – 26 hours”."""
    if not is_number:
        return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*", "…", accepted.value)).strip("… ") or "…"
    value, tolerance = number_of(accepted.value), number_of(accepted.tolerance or "0")
    if value is None or not tolerance:
        said = "…" if accepted.value == "*" else accepted.value
    else:
        said = f"{_decimal(value - tolerance)} – {_decimal(value + tolerance)}"
    return f"{said} {unit}".strip()


def _decimal(number: Fraction) -> str:
    return f"{Decimal(number.numerator) / Decimal(number.denominator):f}".replace("-", "−")


def _gaps(content: QuestionContent, key: KeyContent, answer: Answer) -> Iterable[ReviewedPart]:
    said, marks = _said(answer), kind_of("gaps").part_marks(content, key, answer)
    responses = {given.part: given for given in kind_of("gaps").responses(content, key, answer)}
    for number, part in enumerate(content.parts, start=1):
        own, mark = said.get(part.id, ""), marks[part.id]
        if part.kind == CHOICE_GAP:
            yield _choice_gap(number, mark, content, key, part=part, said=own)
        else:
            yield _typed_part(number, mark, key, part, said=own, response=responses.get(part.id))


def _choice_gap(
    number: int, mark: Fraction, content: QuestionContent, key: KeyContent, *, part: Part, said: str
) -> ReviewedPart:
    texts = {option.id: option.text for option in content.options_of(part.id)}
    right = next(option for option in texts if option in key.right)
    return ReviewedPart(
        number,
        mark,
        said=texts.get(said, ""),
        right=(texts[right],),
        feedback=key.said.get(said, "") or (key.said.get(otherwise(part.id), "") if mark != WHOLE else ""),
        right_feedback=key.said.get(right, "") if said != right else "",
    )


_CHOOSING = frozenset({"single", "multiple", "true_false"})
_PARTS: Mapping[str, Callable[[QuestionContent, KeyContent, Answer], Iterable[ReviewedPart]]] = {
    "matching": _matching,
    "ordering": _ordering,
    "short_text": partial(_typed, "short_text"),
    "numeric": partial(_typed, "numeric"),
    "gaps": _gaps,
    "spot_it": _spotting,
}
