"""What stands in the way of publishing, in words, each where its author can mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from quizzes.blocks.errors import Path
from quizzes.domain.authoring import Authored, Typed
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP, Fault, kind_of
from quizzes.domain.publishing import publishing_faults
from quizzes.domain.questions import QuestionContent
from quizzes.domain.typed import number_of
from quizzes.enums import QuestionKind

FAULTS: Mapping[Fault, Any] = {
    Fault.NO_STEM: _("Write the question."),
    Fault.NO_ALT: _("Say what the image shows, for those who don’t see it."),
    Fault.TOO_FEW_OPTIONS: _("A question needs at least two answers to choose from."),
    Fault.BLANK_OPTION: _("Write the text, or take this one out."),
    Fault.SAME_OPTION_TWICE: _("Two answers say the same. Change one of them."),
    Fault.UNKNOWN_KIND: _("A question stays of the kind that it is. Write a new one for another kind."),
    Fault.NOT_ONE_RIGHT: _("Tick the one answer that is right. If several are, take the kind “Several right answers”."),
    Fault.NONE_RIGHT: _("Tick every answer that is right; at least one must be."),
    Fault.CREDITS_SHORT: _(
        "What the right answers are worth comes to less than 100 %. Nobody could get the whole mark."
    ),
    Fault.TOO_FEW_PAIRS: _("Write two pairs or more."),
    Fault.UNPAIRED: _("Write what belongs to it."),
    Fault.TOO_FEW_STEPS: _("Write three steps or more."),
    Fault.NOTHING_ACCEPTED: _("Write an answer to accept."),
    Fault.NO_FULL_CREDIT: _("One answer at least must be worth 100 %. Nobody could get the whole mark."),
    Fault.NOT_A_NUMBER: _("Write a number, like 3 or 2.5; or a range, like 10–15."),
    Fault.GAPS_DIFFER: _(
        "Mark each gap once and in order: [[1]], [[2]] … There must be as many marks as there are gaps below."
    ),
    Fault.TOO_FEW_LINES: _("Write three lines or more."),
    Fault.NOTHING_BROKEN: _("Say for one line at least which standard it breaks."),
    Fault.BREAKS_UNCITED: _("Choose this clause among those of the question too: learners are offered only those."),
    Fault.NO_CLAUSE: _("Choose the clause that this tests."),
}
"""Every fault there is."""

TRUE_OR_FALSE = _("Say whether it is true or false.")
NO_GAPS = _("Add a block for each gap.")
BAD_TOLERANCE = _("Write a number that isn’t below 0, or nothing.")
_FIELDS = {Fault.NO_STEM: "stem", Fault.NO_ALT: "image_alt", Fault.UNKNOWN_KIND: "kind", Fault.GAPS_DIFFER: "stem"}
# The rows of clauses are a form of their own, and say so themselves.
_SAID_ELSEWHERE = {Fault.NO_CLAUSE}
_SAID_AT_BLOCKS = {Fault.NOT_A_NUMBER, Fault.BREAKS_UNCITED}

Placed = dict[str, dict[Path, list[Any]]]
"""Messages by field of the form, and in its stream by path."""


def faults_in_place(authored: Authored, content: QuestionContent, key: KeyContent) -> Placed:
    """All faults of a question, where they are. What belongs to no block in particular is said of the stream as a whole."""
    placed: Placed = defaultdict(lambda: defaultdict(list))
    for path, message in _block_faults(authored, content, key):
        placed["options"][path].append(message)
    for fault in publishing_faults(authored.kind, content, key, ()):
        if fault in _FIELDS:
            placed[_FIELDS[fault]][()].append(FAULTS[fault])
        elif fault not in _SAID_ELSEWHERE | _SAID_AT_BLOCKS:
            _say_of_the_whole(placed, authored, fault)
    return placed


def _say_of_the_whole(placed: Placed, authored: Authored, fault: Fault) -> None:
    if authored.kind == QuestionKind.TRUE_FALSE:
        placed["answer"][()].append(TRUE_OR_FALSE)
    elif authored.kind != QuestionKind.GAPS:
        placed["options"][()].append(FAULTS[fault])
    elif not authored.gaps:
        placed["options"][()].append(NO_GAPS)


def _block_faults(authored: Authored, content: QuestionContent, key: KeyContent) -> Iterator[tuple[Path, Any]]:
    for place, line in enumerate(authored.lines):
        if line.breaks and line.breaks not in authored.codes:
            yield (place, "breaks"), FAULTS[Fault.BREAKS_UNCITED]
    if authored.kind == QuestionKind.NUMERIC:
        yield from _number_faults((), authored.accepted)
    for place, (gap, part) in enumerate(zip(authored.gaps, content.parts, strict=False)):
        alone = QuestionContent("[[1]]", content.options_of(part.id), (part,))
        answers = "choices" if gap.kind == CHOICE_GAP else "accepted"
        for fault, holds in kind_of(authored.kind).faults(alone, key).items():
            if holds and fault not in _SAID_AT_BLOCKS:
                yield (place, answers), FAULTS[fault]
        if gap.kind == NUMBER_GAP:
            yield from _number_faults((place, answers), gap.accepted)


def _number_faults(path: Path, accepted: Sequence[Typed]) -> Iterator[tuple[Path, Any]]:
    for place, typed in enumerate(accepted):
        if typed.value.strip() != "*" and number_of(typed.value) is None:
            yield (*path, place, "value"), FAULTS[Fault.NOT_A_NUMBER]
        tolerance = number_of(typed.tolerance or "0")
        if tolerance is None or tolerance < 0:
            yield (*path, place, "tolerance"), BAD_TOLERANCE
