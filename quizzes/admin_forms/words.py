"""What the form says of each kind of question: what its answers are called, and how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

STEM = _("A situation in one to four sentences, then what is asked about it.")


@dataclass(frozen=True)
class Asks:
    """answers: what the stream of answers is called. stem, help: how to write the question, and its answers. fields: what else it needs."""

    answers: Any = ""
    help: Any = ""
    stem: Any = STEM
    fields: tuple[str, ...] = ()


_CHOICES = Asks(
    _("Answers"),
    _("Three or four are enough. Write wrong ones that somebody would really choose."),
    fields=("is_shuffled", "is_all_or_nothing"),
)

ASKS: Mapping[str, Asks] = {
    "single": _CHOICES,
    "multiple": _CHOICES,
    "true_false": Asks(
        stem=_("A statement that holds or doesn’t, with nothing in between."), fields=("answer", "if_true", "if_false")
    ),
    "matching": Asks(
        _("Pairs"),
        _("Two or more. Learners choose from everything on the right for each on the left."),
        fields=("is_all_or_nothing",),
    ),
    "ordering": Asks(
        _("Steps, in the right order"),
        _("Three or more. Learners see them mixed."),
        stem=_("What is to be put in order, and where it starts: “She complains about the wait. What comes first?”"),
        fields=("is_all_or_nothing",),
    ),
    "short_text": Asks(
        _("Accepted answers"),
        _("Every way to say it that is right, each in its own block. The first that fits counts."),
        stem=_("A question that a word or two answer."),
        fields=("otherwise", "minds_case", "minds_accents"),
    ),
    "numeric": Asks(
        _("Accepted numbers"),
        _("One is enough. The first that fits counts."),
        stem=_("A question that a number answers."),
        fields=("unit_name", "otherwise", "other_units", "unit_penalty"),
    ),
    "gaps": Asks(
        _("Gaps"),
        _("One block for each gap, in the order of their numbers: a word to type, a list to choose from, or a number."),
        stem=_("A text with a mark where each gap is: “Say the [[1]], then the [[2]].”"),
        fields=("is_shuffled", "is_all_or_nothing", "minds_case", "minds_accents"),
    ),
    "spot_it": Asks(
        _("Lines of the dialogue"),
        _("Three or more, one of them at least against a standard. Learners mark which, and which standard."),
        stem=_(
            "Where it happens, and what to look for: “At the counter, late afternoon. Which lines break a standard?”"
        ),
        fields=("is_all_or_nothing",),
    ),
}

ALL_FIELDS = frozenset(field for asks in ASKS.values() for field in asks.fields)
