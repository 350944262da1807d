"""What the inputs of a question are called, and how an answer goes into them and comes out again.

`answer` where the question asks one thing, `answer-<part>` for each part, `place-<option>` for each step to bring into order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from quizzes.domain.answers import Answer, Given
from quizzes.domain.kinds import GAP
from quizzes.domain.questions import QuestionContent, stem_parts

ANSWER, PLACE = "answer", "place"
BY_PART = frozenset({"matching", "gaps", "spot_it"})
ORDERING, GAPS = "ordering", "gaps"
BLANK = "____"

Said = Mapping[str, Sequence[str]]
"""Name of an input → what stands in it; several values where several boxes are ticked."""


class Misplaced(Exception):
    """The places of an order don't go from first to last; `name` is the first input at fault."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def input_names(kind: str, content: QuestionContent) -> dict[str, str]:
    """Name of each input → the id of its part or option; empty where the question asks one thing."""
    if kind == ORDERING:
        return {f"{PLACE}-{option}": option for option in content.option_ids}
    if kind in BY_PART:
        return {f"{ANSWER}-{part}": part for part in content.part_ids}
    return {ANSWER: ""}


def said_by(kind: str, answer: Answer) -> dict[str, tuple[str, ...]]:
    """What stands in the inputs for this answer."""
    if kind == ORDERING:
        return {f"{PLACE}-{given.value}": (str(place),) for place, given in enumerate(answer, start=1)}
    if kind in BY_PART:
        return {f"{ANSWER}-{given.part}": (given.value,) for given in answer}
    return {ANSWER: tuple(given.value for given in answer)} if answer else {}


def given_in(kind: str, content: QuestionContent, said: Said) -> tuple[Given, ...]:
    """The answer as it was sent, for the kind to read; what is blank wasn't said. Raises Misplaced."""
    names = input_names(kind, content)
    sent = {name: [value for value in said.get(name, ()) if value.strip()] for name in names}
    if kind == ORDERING:
        return _in_order(names, sent)
    return tuple(
        Given(value, part)
        for name, part in names.items()
        for value in (sent[name] if part else dict.fromkeys(sent[name]))
    )


def _in_order(names: Mapping[str, str], sent: Said) -> tuple[Given, ...]:
    if not any(sent.values()):
        return ()
    free = {str(place) for place in range(1, len(names) + 1)}
    at: dict[int, str] = {}
    for name, option in names.items():
        place = sent[name][0] if len(sent[name]) == 1 else ""
        if place not in free:
            raise Misplaced(name)
        free.remove(place)
        at[int(place)] = option
    return tuple(Given(at[place]) for place in sorted(at))


def with_blanks(stem: str) -> str:
    """A text with gaps, for where nothing can be filled in."""
    return GAP.sub(BLANK, stem)


def gap_text(stem: str) -> tuple[str, str]:
    """The text that has the gaps, and what is asked about it; nothing is asked where the last question has gaps itself."""
    situation, asked = stem_parts(stem)
    return (situation, asked) if situation and not GAP.search(asked) else (stem, "")


def gap_pieces(text: str) -> Iterable[tuple[str, int | None]]:
    """The text cut at its gaps: what stands before each, and the gap's number; after the last, None."""
    *before, last = GAP.split(text)
    pieces: list[tuple[str, int | None]] = [
        (said, int(number)) for said, number in zip(before[::2], before[1::2], strict=True)
    ]
    return [*pieces, (last, None)]
