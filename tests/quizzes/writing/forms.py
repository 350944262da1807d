"""The form of a question as an editor sends it, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.test import Client
from django.urls import reverse

from quizzes.domain.authoring import Authored, decompose
from quizzes.models import Question

CANARY = "canary-in-the-key"


def address(action: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_quizzes_question:{action}", args=args)


def publish(client: Client, data: dict[str, Any], url: str = "") -> Question:
    response = client.post(url or address("add"), {**data, "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    return Question.objects.latest("pk")


def written(question: Question) -> Authored:
    return decompose(question.kind, question.content, question.key)


def shown(client: Client, question: Question) -> Any:
    return client.get(address("edit", question.pk)).context["form"]


def said(authored: Authored) -> Any:
    """What is right in it, in short."""
    worth = [choice.credit for choice in authored.choices]
    typed = [(one.value, one.tolerance, one.credit) for one in authored.accepted]
    gaps = [(gap.kind, gap.weight, len(gap.choices), [one.value for one in gap.accepted]) for gap in authored.gaps]
    return {
        "single": ([choice.is_right for choice in authored.choices], worth),
        "multiple": (worth, authored.is_all_or_nothing),
        "true_false": ([(choice.id, choice.is_right) for choice in authored.choices], None),
        "matching": ([(pair.left, pair.right) for pair in authored.pairs], None),
        "ordering": ([step.text for step in authored.steps], None),
        "short_text": (typed, authored.minds_case),
        "numeric": (typed, [(unit.name, unit.factor) for unit in authored.units], authored.unit_penalty),
        "gaps": (gaps, None),
        "spot_it": ([line.breaks for line in authored.lines], authored.codes),
    }[authored.kind]


SAID: Mapping[str, Any] = {
    "single": ([True, False, False], [None, Fraction(1, 3), None]),
    "multiple": ([Fraction(3, 5), Fraction(2, 5), Fraction(-1, 2)], True),
    "true_false": ([("true", False), ("false", True)], None),
    "matching": ([("Angry", "Listen"), ("Lost", "Show the way"), ("", "Walk off")], None),
    "ordering": (["Listen", "Repeat", "Act"], None),
    "short_text": ([("the shop*", "", Fraction(1)), ("mine", "", Fraction(1, 2))], True),
    "numeric": (
        [("12.5", "2.5", Fraction(1)), ("20", "0.5", Fraction(1, 4))],
        [("minutes", "1"), ("hours", "60")],
        Fraction(1, 10),
    ),
    "gaps": ([("text", 2, 0, ["name"]), ("choice", 1, 2, []), ("number", 1, 0, ["3"])], None),
    "spot_it": (["", "REL-1", ""], ("REL-1",)),
}
