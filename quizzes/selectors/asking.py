"""A question as a form shows it: its inputs, what stands in them and what is wrong with that. It holds no key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.selectors import reader_locale
from quizzes.domain.answers import LONGEST_VALUE, Answer
from quizzes.domain.asking import (
    GAPS,
    ORDERING,
    Misplaced,
    Said,
    gap_pieces,
    gap_text,
    given_in,
    input_names,
    said_by,
)
from quizzes.domain.questions import Option, Part, QuestionContent
from quizzes.enums import QuestionKind
from quizzes.selectors.attempts import worded
from quizzes.selectors.pictures import ShownPicture, shown_pictures_unscoped
from standards.selectors.clauses import titles_by_code

LONG_OPTION = 36
"""Past this a list to choose from doesn't fit a phone, and the options are printed above it in full."""


@dataclass(frozen=True)
class Offered:
    """Something to choose; `title` says more about it."""

    id: str
    text: str
    is_chosen: bool
    title: str = ""


@dataclass(frozen=True)
class Input:
    """One input. text, speaker: what it is about. kind: of a gap. options: to choose from, where nothing is typed.

    prefix: of its field's name, where a page has several questions.
    """

    name: str
    number: int
    value: str
    options: tuple[Offered, ...] = ()
    text: str = ""
    speaker: str = ""
    kind: str = ""
    errors: tuple[str, ...] = ()
    prefix: str = ""

    @property
    def field(self) -> str:
        return f"{self.prefix}{self.name}"

    @property
    def id(self) -> str:
        return f"id_{self.field}"


@dataclass(frozen=True)
class Asking:
    """All that a template of `quizzes/answers/` shows."""

    kind: str
    inputs: tuple[Input, ...]
    options: tuple[Option, ...]
    text: str
    unit: str
    picture: ShownPicture | None

    longest = LONGEST_VALUE

    @property
    def first(self) -> Input:
        return self.inputs[0]

    @property
    def places(self) -> range:
        return range(1, len(self.inputs) + 1)

    @property
    def has_long_options(self) -> bool:
        return any(len(option.text) > LONG_OPTION for option in self.options)

    @property
    def pieces(self) -> list[tuple[str, Input | None]]:
        """A text with gaps: each input after the words before it."""
        by_number = {one.number: one for one in self.inputs}
        return [(text, by_number.get(number or 0)) for text, number in gap_pieces(self.text)]


def asking(
    kind: str,
    content: QuestionContent,
    options: Sequence[Option],
    answer: Answer,
    *,
    said: Said | None = None,
    errors: Mapping[str, Sequence[str]] | None = None,
    prefix: str = "",
) -> Asking:
    """said, errors: of a form that was sent, by the input's name; else the answer that is kept stands in the inputs.
    prefix: of the names of its fields, where a page has several questions.

    Two queries for a picture; a few for the titles of the clauses that a dialogue offers, however many.
    """
    stands = said_by(kind, answer) if said is None else said
    titles = titles_by_code(content.option_ids, reader_locale()) if kind == QuestionKind.SPOT_IT else {}
    shown = worded(kind, options)
    about = {option.id: Part(option.id, option.text) for option in shown} | {part.id: part for part in content.parts}
    picture = content.picture
    return Asking(
        kind=kind,
        inputs=tuple(
            replace(
                _input(
                    kind, name, number, about.get(asked, Part("")), shown, stands.get(name, ()), titles, errors or {}
                ),
                prefix=prefix,
            )
            for number, (name, asked) in enumerate(_in_shown_order(kind, content, shown, stands).items(), start=1)
        ),
        options=shown,
        text=gap_text(content.stem)[0] if kind == GAPS else content.stem,
        unit=content.unit,
        picture=shown_pictures_unscoped([picture])[picture] if picture else None,
    )


def _input(  # noqa: PLR0917  (each is another side of one input)
    kind: str,
    name: str,
    number: int,
    part: Part,
    options: Sequence[Option],
    values: Sequence[str],
    titles: Mapping[str, str],
    errors: Mapping[str, Sequence[str]],
) -> Input:
    return Input(
        name=name,
        number=number,
        value=values[0][:LONGEST_VALUE] if values else "",
        options=_offered(kind, options, part, values, titles),
        text=part.text,
        speaker=part.speaker,
        kind=part.kind,
        errors=tuple(errors.get(name, ())),
    )


def _in_shown_order(kind: str, content: QuestionContent, options: Sequence[Option], stands: Said) -> dict[str, str]:
    """Names of inputs as they are shown: steps as they were put in order, or as this attempt shuffled them."""
    names = input_names(kind, content)
    if kind != ORDERING:
        return names
    try:
        order = [given.value for given in given_in(kind, content, stands)]
    except Misplaced:
        order = []
    by_option = {option: name for name, option in names.items()}
    return {by_option[option]: option for option in order or [option.id for option in options]}


def _offered(
    kind: str, options: Sequence[Option], part: Part, values: Sequence[str], titles: Mapping[str, str]
) -> tuple[Offered, ...]:
    own = part.id if kind == GAPS else ""
    return tuple(
        Offered(option.id, option.text, option.id in values, titles.get(option.id, ""))
        for option in options
        if option.part == own
    )
