"""The kinds of question, as one chooses among them: what each is for, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from quizzes.enums import QuestionKind


@dataclass(frozen=True)
class KindCard:
    """example: a few short lines, as one might draw them on a napkin."""

    kind: QuestionKind
    purpose: Any
    example: tuple[Any, ...]


CARDS = (
    KindCard(
        QuestionKind.SINGLE,
        _("A situation, and what to do in it. The one to start with."),
        (_("○ Sell it"), _("● Keep it until Saturday"), _("○ Ask around")),
    ),
    KindCard(
        QuestionKind.MULTIPLE,
        _("Where several things belong to the answer."),
        (_("☑ Name the fee"), _("☑ Name the limit"), _("☐ Name the target")),
    ),
    KindCard(
        QuestionKind.TRUE_FALSE,
        _("A belief that people hold, to be put right."),
        (_("“A late greeting is better than none.”"), _("● True   ○ False")),
    ),
    KindCard(
        QuestionKind.MATCHING,
        _("What belongs to what: situations and answers, words and meanings."),
        (_("Angry → listen"), _("Lost → show the way"), _("In a hurry → …")),
    ),
    KindCard(
        QuestionKind.ORDERING,
        _("Steps that only work in the right order."),
        (_("1  Listen"), _("2  Say it back"), _("3  Act")),
    ),
    KindCard(
        QuestionKind.SHORT_TEXT,
        _("A word that one must know without a list."),
        (_("Whose promise is it?"), _("[ the shop’s ]")),
    ),
    KindCard(
        QuestionKind.NUMERIC,
        _("A figure to remember: a time, an amount, a limit."),
        (_("How long until we greet?"), _("[ 10 ] seconds")),
    ),
    KindCard(
        QuestionKind.GAPS,
        _("A rule with its important words left out."),
        (_("Say the [ name ],"), _("then the [ time ▾ ].")),
    ),
    KindCard(
        QuestionKind.SPOT_IT,
        _("A short talk: which lines break which standard?"),
        (_("“Can you help me?”"), _("“Not my counter.”  ⚑ REL-1")),
    ),
)
