"""What can be said in answer to a question, one thing at a time: what choosers are counted by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.domain.answers import Given
from quizzes.domain.keys import KeyContent, otherwise
from quizzes.domain.kinds import CHOICE_GAP, kind_of
from quizzes.domain.questions import Option, QuestionContent


@dataclass(frozen=True)
class Possible:
    """Something that can be chosen or typed. place: of its premise, gap, line or step, from 1; 0 where the whole question asks one thing.

    about: the words of its premise or line; text is empty for any answer that isn't among the accepted ones. is_listed: everybody saw it to
    choose from, once, so that it says something if nobody did.
    """

    given: Given
    text: str
    is_right: bool
    place: int = 0
    about: str = ""
    is_listed: bool = False


@dataclass(frozen=True)
class _Slot:
    """What is asked for at one place; without options, it is typed."""

    part: str
    place: int
    about: str
    options: tuple[Option, ...]
    is_listed: bool


def choices_of(kind: str, content: QuestionContent, key: KeyContent) -> list[Possible]:
    """In the order to show them: by place, then as the author wrote them. Raises UnknownKind."""
    of_kind = kind_of(kind)
    right = set(of_kind.responses(content, key, of_kind.right_answer(content, key)))
    return [possible for slot in _slots(kind, content) for possible in _in_slot(slot, key, right)]


def _slots(kind: str, content: QuestionContent) -> list[_Slot]:
    if kind == "ordering":
        return [_Slot(str(place), place, "", content.options, False) for place in range(1, len(content.options) + 1)]
    if kind == "gaps":
        return [
            _Slot(part.id, place, "", content.options_of(part.id) if part.kind == CHOICE_GAP else (), True)
            for place, part in enumerate(content.parts, start=1)
        ]
    if content.parts:
        return [
            _Slot(part.id, place, f"{part.speaker}: {part.text}" if part.speaker else part.text, content.options, False)
            for place, part in enumerate(content.parts, start=1)
        ]
    return [_Slot("", 0, "", content.options, True)]


def _in_slot(slot: _Slot, key: KeyContent, right: set[Given]) -> Iterator[Possible]:
    for option in slot.options:
        given = Given(option.id, slot.part)
        yield Possible(given, option.text, given in right, slot.place, slot.about, slot.is_listed)
    if not slot.options:
        for accepted in key.accepted:
            if accepted.part == slot.part:
                value = f"{accepted.value} ± {accepted.tolerance}" if accepted.tolerance else accepted.value
                yield Possible(Given(accepted.id, slot.part), value, accepted.credit == 1, slot.place)
        yield Possible(Given(otherwise(slot.part), slot.part), "", False, slot.place)
