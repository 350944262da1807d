"""The blocks that authors fill in, a stream for each kind of question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.choosers import code_choices
from quizzes.domain.answers import LONGEST_VALUE
from quizzes.domain.written import share_of

MOST = 30
"""More answers, steps or lines than this nobody reads; imported questions may have many."""
OF_AN_ACCEPTED_ANSWER = _("Leave it empty for the whole mark; 50 for half of it.")


def validate_share(percent: str) -> None:
    share = share_of(percent)
    if share is None or abs(share) > 1:
        raise ValidationError(_("Write a number from -100 to 100, like 50 or 33.33."))


def feedback_block(help_text: Any = "") -> blocks.TextBlock:
    return blocks.TextBlock(label=_("Feedback"), required=False, rows=1, help_text=help_text)


def credit_block(help_text: Any = OF_AN_ACCEPTED_ANSWER) -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Worth, in per cent"), required=False, validators=[validate_share], max_length=20, help_text=help_text
    )


class AnswersBlock(blocks.StreamBlock):
    """A form offers a few blocks to begin with; one that was left empty is no answer.

    Empty ones stay in the form, behind the others, so that what is said of a block by its number is said of the right one.
    """

    class Meta:
        max_num = MOST

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> blocks.StreamValue:
        sent = super().value_from_datadict(data, files, prefix)
        return self._stream(sorted(sent, key=_is_empty))

    def clean(self, value: Any) -> Any:
        filled = [child for child in value if not _is_empty(child)]
        # That there is none at all the form says, in the words of the question's kind.
        return super().clean(self._stream(filled)) if filled else self._stream([])

    def _stream(self, children: Iterable[Any]) -> blocks.StreamValue:
        return blocks.StreamValue(self, [(child.block_type, child.value, child.id) for child in children])


def _is_empty(child: Any) -> bool:
    return not any(child.value.values())


class ChoiceBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Answer"), rows=1)
    is_right = blocks.BooleanBlock(label=_("This answer is right"), required=False)
    feedback = feedback_block(_("Why it is right or not, kindly. Learners read it after they have handed in."))
    credit = credit_block(
        _(
            "Leave it empty, and the right answers share the whole mark. "
            "With one right answer, another may earn a part: 50. With several, each may have a share of its own, or take some away: -25."
        )
    )

    class Meta:
        icon = "radio-full"
        label = _("Answer")
        label_format = "{text}"
        form_layout = blocks.BlockGroup(children=["text", "is_right", "feedback"], settings=["credit"])


class ChoicesBlock(AnswersBlock):
    option = ChoiceBlock()


class PairBlock(blocks.StructBlock):
    left = blocks.TextBlock(
        label=_("On the left"),
        required=False,
        rows=1,
        help_text=_("Leave it empty for one more answer on offer that belongs to nothing."),
    )
    right = blocks.TextBlock(label=_("What belongs to it"), rows=1)
    feedback = feedback_block()

    class Meta:
        icon = "link"
        label = _("Pair")
        label_format = "{left} – {right}"


class PairsBlock(AnswersBlock):
    pair = PairBlock()


class StepBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Step"), rows=1)
    feedback = feedback_block(_("Why it comes here."))

    class Meta:
        icon = "list-ol"
        label = _("Step")
        label_format = "{text}"


class StepsBlock(AnswersBlock):
    step = StepBlock()


class TextAnswerBlock(blocks.StructBlock):
    value = blocks.CharBlock(
        label=_("Accepted answer"), max_length=LONGEST_VALUE, help_text=_("* stands for anything: “sorry*”.")
    )
    feedback = feedback_block()
    credit = credit_block()

    class Meta:
        icon = "pilcrow"
        label = _("Accepted answer")
        label_format = "{value}"
        form_layout = blocks.BlockGroup(children=["value", "feedback"], settings=["credit"])


class TextAnswersBlock(AnswersBlock):
    accepted = TextAnswerBlock()


class NumberAnswerBlock(blocks.StructBlock):
    value = blocks.CharBlock(
        label=_("Number"), max_length=LONGEST_VALUE, help_text=_("3, or from–to: 10–15. * stands for any number.")
    )
    tolerance = blocks.CharBlock(
        label=_("Give or take"),
        required=False,
        max_length=LONGEST_VALUE,
        help_text=_("Leave it empty where only this number is right."),
    )
    feedback = feedback_block()
    credit = credit_block()

    class Meta:
        icon = "order"
        label = _("Accepted number")
        label_format = "{value}"
        form_layout = blocks.BlockGroup(children=["value", "tolerance", "feedback"], settings=["credit"])


class NumberAnswersBlock(AnswersBlock):
    accepted = NumberAnswerBlock()


def gap_answers(block: blocks.StructBlock, label: Any) -> blocks.ListBlock:
    return blocks.ListBlock(block, label=label, max_num=MOST)


def gap_layout(answers: str) -> blocks.BlockGroup:
    return blocks.BlockGroup(children=[answers, "otherwise"], settings=["weight"])


class GapBlock(blocks.StructBlock):
    """What every gap has besides its answers."""

    otherwise = blocks.TextBlock(label=_("Feedback for any other answer"), required=False, rows=1)
    weight = blocks.IntegerBlock(
        label=_("Weight"), default=1, min_value=1, max_value=100, help_text=_("2 counts twice as much as 1.")
    )


class TextGapBlock(GapBlock):
    accepted = gap_answers(TextAnswerBlock(), _("Accepted answers"))

    class Meta:
        icon = "pilcrow"
        label = _("Gap for a word")
        form_layout = gap_layout("accepted")


class NumberGapBlock(GapBlock):
    accepted = gap_answers(NumberAnswerBlock(), _("Accepted numbers"))

    class Meta:
        icon = "order"
        label = _("Gap for a number")
        form_layout = gap_layout("accepted")


class ChoiceGapBlock(GapBlock):
    choices = gap_answers(ChoiceBlock(), _("Answers to choose from"))

    class Meta:
        icon = "list-ul"
        label = _("Gap with a list to choose from")
        form_layout = gap_layout("choices")


class GapsBlock(AnswersBlock):
    text = TextGapBlock()
    choice = ChoiceGapBlock()
    number = NumberGapBlock()


class LineBlock(blocks.StructBlock):
    speaker = blocks.CharBlock(label=_("Who speaks"), required=False, max_length=60)
    text = blocks.TextBlock(label=_("What they say"), rows=1)
    breaks = blocks.ChoiceBlock(
        choices=code_choices,
        label=_("Breaks which standard"),
        required=False,
        help_text=_("One of the clauses that you chose above."),
    )
    feedback = feedback_block(_("Why it breaks the standard, or why it is fine."))

    class Meta:
        icon = "comment"
        label = _("Line")
        label_format = "{speaker}: {text}"


class LinesBlock(AnswersBlock):
    line = LineBlock()
