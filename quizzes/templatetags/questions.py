"""Questions by kind: their inputs, and what is said of an answer. A kind that isn't listed shows nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from quizzes.domain.answers import Answer
from quizzes.domain.questions import Option, QuestionContent
from quizzes.selectors.asking import asking

register = template.Library()

ANSWERS = {
    "single": "choices",
    "multiple": "choices",
    "true_false": "choices",
    "matching": "matching",
    "ordering": "ordering",
    "short_text": "short_text",
    "numeric": "numeric",
    "gaps": "gaps",
    "spot_it": "spot_it",
}
"""Kind → template of its inputs in quizzes/answers/ and of its review in quizzes/reviewed/."""


@register.simple_tag
def answer_inputs(
    kind: str,
    content: QuestionContent,
    options: Sequence[Option],
    answer: Answer = (),
    form: Any = None,
    *,
    prefix: str = "",
) -> SafeString:
    """The inputs of a question, with the answer that is kept, or what a form was sent and what is wrong with it.

    prefix: of the names of its fields, where a page has several questions.
    """
    if kind not in ANSWERS:
        return SafeString("")
    sent = {"said": form.said, "errors": form.problems} if form else {}
    shown = asking(kind, content, options, answer or (), prefix=prefix or "", **sent)
    return render_to_string(f"quizzes/answers/{ANSWERS[kind]}.html", {"it": shown})


@register.simple_tag
def reviewed_answer(question: Any) -> SafeString:
    """What was said in answer to a question, and what is right: question (ReviewedQuestion)."""
    if question.kind not in ANSWERS:
        return SafeString("")
    return render_to_string(f"quizzes/reviewed/{ANSWERS[question.kind]}.html", {"question": question})
