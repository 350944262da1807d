"""A question's answers as its author writes them, text and key side by side. None of this is ever stored (see `stored`).

For each kind of question a stream, and how its blocks become the lists of an `Authored` and come back from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.choosers import code_choices
from quizzes.domain.answers import LONGEST_VALUE
from quizzes.domain.authoring import Authored, Choice, Gap, Line, Pair, Step, Typed
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP
from quizzes.domain.written import as_percent, middle_and_half, share_of

MOST = 30
"""More answers, steps or lines than this nobody reads; imported questions may have many."""

Raw = list[dict[str, Any]]


def validate_share(percent: str) -> None:
    share = share_of(percent)
    if share is None or abs(share) > 1:
        raise ValidationError(_("Write a number from -100 to 100, like 50 or 33.33."))


def feedback_block(help_text: Any = "") -> blocks.TextBlock:
    return blocks.TextBlock(label=_("Feedback"), required=False, rows=1, help_text=help_text)


def credit_block(help_text: Any) -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Worth, in per cent"), required=False, validators=[validate_share], max_length=20, help_text=help_text
    )


class AnswersBlock(blocks.StreamBlock):
    """A form offers a few blocks to begin with; one that was left empty is no answer."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> blocks.StreamValue:
        sent = super().value_from_datadict(data, files, prefix)
        filled = (child for child in sent if any(child.value.values()))
        return blocks.StreamValue(self, [(child.block_type, child.value, child.id) for child in filled])


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

    class Meta:
        max_num = MOST


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

    class Meta:
        max_num = MOST


class StepBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Step"), rows=1)
    feedback = feedback_block(_("Why it comes here."))

    class Meta:
        icon = "list-ol"
        label = _("Step")
        label_format = "{text}"


class StepsBlock(AnswersBlock):
    step = StepBlock()

    class Meta:
        max_num = MOST


class TextAnswerBlock(blocks.StructBlock):
    value = blocks.CharBlock(
        label=_("Accepted answer"), max_length=LONGEST_VALUE, help_text=_("* stands for anything: “sorry*”.")
    )
    feedback = feedback_block()
    credit = credit_block(_("Leave it empty for the whole mark; 50 for half of it."))

    class Meta:
        icon = "pilcrow"
        label = _("Accepted answer")
        label_format = "{value}"
        form_layout = blocks.BlockGroup(children=["value", "feedback"], settings=["credit"])


class TextAnswersBlock(AnswersBlock):
    accepted = TextAnswerBlock()

    class Meta:
        max_num = MOST


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
    credit = credit_block(_("Leave it empty for the whole mark; 50 for half of it."))

    class Meta:
        icon = "order"
        label = _("Accepted number")
        label_format = "{value}"
        form_layout = blocks.BlockGroup(children=["value", "tolerance", "feedback"], settings=["credit"])


class NumberAnswersBlock(AnswersBlock):
    accepted = NumberAnswerBlock()

    class Meta:
        max_num = MOST


class GapBlock(blocks.StructBlock):
    otherwise = blocks.TextBlock(label=_("Feedback for any other answer"), required=False, rows=1)
    weight = blocks.IntegerBlock(
        label=_("Weight"), default=1, min_value=1, max_value=100, help_text=_("2 counts twice as much as 1.")
    )


class TextGapBlock(GapBlock):
    accepted = blocks.ListBlock(TextAnswerBlock(), label=_("Accepted answers"), max_num=MOST)

    class Meta:
        icon = "pilcrow"
        label = _("Gap for a word")
        form_layout = blocks.BlockGroup(children=["accepted", "otherwise"], settings=["weight"])


class NumberGapBlock(GapBlock):
    accepted = blocks.ListBlock(NumberAnswerBlock(), label=_("Accepted numbers"), max_num=MOST)

    class Meta:
        icon = "order"
        label = _("Gap for a number")
        form_layout = blocks.BlockGroup(children=["accepted", "otherwise"], settings=["weight"])


class ChoiceGapBlock(GapBlock):
    choices = blocks.ListBlock(ChoiceBlock(), label=_("Answers to choose from"), max_num=MOST)

    class Meta:
        icon = "list-ul"
        label = _("Gap with a list to choose from")
        form_layout = blocks.BlockGroup(children=["choices", "otherwise"], settings=["weight"])


class GapsBlock(blocks.StreamBlock):
    text = TextGapBlock()
    choice = ChoiceGapBlock()
    number = NumberGapBlock()

    class Meta:
        max_num = MOST


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

    class Meta:
        max_num = MOST


@dataclass(frozen=True)
class Written:
    """How one kind of question is written: `read` turns a stream's value into fields of `Authored`, `show` gives raw stream data back.

    start: how many empty blocks a new question begins with.
    """

    block: blocks.StreamBlock
    read: Callable[[Any], dict[str, Any]]
    show: Callable[[Authored], Raw]
    start: int = 0

    def empty(self) -> Raw:
        name = next(iter(self.block.child_blocks))
        return [{"type": name, "value": {}} for _number in range(self.start)]


def _item(name: str, key: str, **values: Any) -> dict[str, Any]:
    return {"type": name, "id": key, "value": values}


def _credit(percent: str | None) -> Fraction | None:
    return share_of(percent) if percent else None


def _choice(block: Any) -> Choice:
    value = block.value
    return Choice(value["text"], value["is_right"], value["feedback"] or "", _credit(value["credit"]), block.id or "")


def _choice_values(choice: Choice) -> dict[str, Any]:
    credit = "" if choice.credit is None else as_percent(choice.credit)
    return {"text": choice.text, "is_right": choice.is_right, "feedback": choice.feedback, "credit": credit}


def _typed(block: Any) -> Typed:
    """A text or a number to accept; a range is its middle, give or take half of its width."""
    value = block.value
    said, tolerance = value["value"], value.get("tolerance") or ""
    if "tolerance" in value and (span := middle_and_half(said)):
        said, tolerance = span
    credit = _credit(value["credit"])
    return Typed(said, Fraction(1) if credit is None else credit, tolerance, value["feedback"] or "", block.id or "")


def _typed_values(typed: Typed, *, is_number: bool) -> dict[str, Any]:
    credit = "" if typed.credit == 1 else as_percent(typed.credit)
    tolerance = {"tolerance": typed.tolerance} if is_number else {}
    return {"value": typed.value, **tolerance, "feedback": typed.feedback, "credit": credit}


def _gap(block: Any) -> Gap:
    value = block.value
    return Gap(
        block.block_type,
        choices=tuple(_choice(choice) for choice in value["choices"].bound_blocks) if "choices" in value else (),
        accepted=tuple(_typed(typed) for typed in value["accepted"].bound_blocks) if "accepted" in value else (),
        otherwise=value["otherwise"] or "",
        weight=value["weight"] or 1,
        id=block.id or "",
    )


def _gap_values(gap: Gap) -> dict[str, Any]:
    if gap.kind == CHOICE_GAP:
        answers = {"choices": [_item("item", choice.id, **_choice_values(choice)) for choice in gap.choices]}
    else:
        is_number = gap.kind == NUMBER_GAP
        answers = {
            "accepted": [_item("item", typed.id, **_typed_values(typed, is_number=is_number)) for typed in gap.accepted]
        }
    return {**answers, "otherwise": gap.otherwise, "weight": gap.weight}


def _read_pairs(stream: Any) -> dict[str, Any]:
    return {
        "pairs": tuple(
            Pair(block.value["left"] or "", block.value["right"], block.value["feedback"] or "", block.id or "")
            for block in stream
        )
    }


def _read_steps(stream: Any) -> dict[str, Any]:
    return {
        "steps": tuple(Step(block.value["text"], block.value["feedback"] or "", block.id or "") for block in stream)
    }


def _read_lines(stream: Any) -> dict[str, Any]:
    return {
        "lines": tuple(
            Line(
                block.value["text"],
                block.value["speaker"] or "",
                block.value["breaks"] or "",
                block.value["feedback"] or "",
                block.id or "",
            )
            for block in stream
        )
    }


def _accepted(block: blocks.StreamBlock, *, is_number: bool) -> Written:
    return Written(
        block,
        read=lambda stream: {"accepted": tuple(_typed(block) for block in stream)},
        show=lambda authored: [
            _item("accepted", typed.id, **_typed_values(typed, is_number=is_number)) for typed in authored.accepted
        ],
        start=1,
    )


_CHOICES = Written(
    ChoicesBlock(),
    read=lambda stream: {"choices": tuple(_choice(block) for block in stream)},
    show=lambda authored: [_item("option", choice.id, **_choice_values(choice)) for choice in authored.choices],
    start=3,
)
WRITTEN: Mapping[str, Written] = {
    "single": _CHOICES,
    "multiple": _CHOICES,
    "matching": Written(
        PairsBlock(),
        _read_pairs,
        lambda authored: [
            _item("pair", pair.id, left=pair.left, right=pair.right, feedback=pair.feedback) for pair in authored.pairs
        ],
        start=3,
    ),
    "ordering": Written(
        StepsBlock(),
        _read_steps,
        lambda authored: [_item("step", step.id, text=step.text, feedback=step.feedback) for step in authored.steps],
        start=3,
    ),
    "short_text": _accepted(TextAnswersBlock(), is_number=False),
    "numeric": _accepted(NumberAnswersBlock(), is_number=True),
    "gaps": Written(
        GapsBlock(),
        lambda stream: {"gaps": tuple(_gap(block) for block in stream)},
        lambda authored: [_item(gap.kind, gap.id, **_gap_values(gap)) for gap in authored.gaps],
    ),
    "spot_it": Written(
        LinesBlock(),
        _read_lines,
        lambda authored: [
            _item("line", line.id, speaker=line.speaker, text=line.text, breaks=line.breaks, feedback=line.feedback)
            for line in authored.lines
        ],
        start=3,
    ),
}
"""Every kind but true or false, which has nothing to add to: a tick and two fields of the form."""


def without_ids(raw: Any) -> Any:
    """Raw stream data whose blocks will be given new ids: those of another question."""
    if isinstance(raw, dict):
        return {name: None if name == "id" else without_ids(value) for name, value in raw.items()}
    return [without_ids(item) for item in raw] if isinstance(raw, list) else raw
