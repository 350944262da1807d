"""What the player sends."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from quizzes.domain.answers import LONGEST_VALUE, Answer, WrongChoice
from quizzes.domain.asking import Misplaced, given_in, input_names
from quizzes.domain.kinds import kind_of
from quizzes.enums import CertaintyLevel
from quizzes.selectors.attempts import AskedQuestion

LATER = _("If you aren’t sure, “Come back to it” keeps the question for later.")
REQUIRED = {
    "single": _("Choose an answer first."),
    "multiple": _("Choose at least one answer."),
    "true_false": _("Choose an answer first."),
    "matching": _("Choose what belongs to it, here or in another line, first."),
    "ordering": _("Give each step its place first."),
    "short_text": _("Write your answer first."),
    "numeric": _("Write a number first."),
    "gaps": _("Fill a gap first."),
    "spot_it": _("Mark the lines that break a standard first."),
}
ONE_ONLY = _("This question takes one answer. Choose the best one.")
NOT_OFFERED = _("That isn’t one of the answers to this question. Choose one of those below.")
NOT_TAKEN = _("This can’t be taken as an answer. Write it once more, in %(count)s characters at most.")
MISPLACED = _("Give each step a place of its own, from 1 to %(count)s. This one has none, or that of another step.")


class AnswerForm(forms.Form):
    """The answer to one question, of any kind. Once valid it is `answer`; a part of it is enough where parts are asked."""

    def __init__(self, data: QueryDict, *, question: AskedQuestion) -> None:
        super().__init__(data)
        self.question = question
        self.answer: Answer = ()
        self.names = input_names(question.kind, question.content)
        # What was sent, right or not: the page keeps it.
        self.said = {name: data.getlist(name) for name in self.names if name in data}
        for number, (name, about) in enumerate(self.names.items(), start=1):
            self.fields[name] = forms.Field(label=self._label(about, number), required=False)

    @property
    def chosen(self) -> bool:
        """Whether anything was said at all."""
        return any(value.strip() for values in self.said.values() for value in values)

    @cached_property
    def problems(self) -> Mapping[str, list[str]]:
        """Errors by the input's name."""
        return {name: [str(error) for error in errors] for name, errors in self.errors.items()}

    def clean(self) -> None:
        kind, content = self.question.kind, self.question.content
        try:
            self.answer = kind_of(kind).read(content, given_in(kind, content, self.said))
        except Misplaced as fault:
            self.add_error(fault.name, MISPLACED % {"count": len(self.names)})
        except WrongChoice:
            self._explain()

    def _explain(self) -> None:
        if not self.chosen:
            self.add_error(next(iter(self.names)), self._required())
            return
        typed = {name for name in self.said if not self._offered(name)}
        for name, values in self.said.items():
            said = [value for value in values if value.strip()]
            if name in typed:
                if len(said) > 1 or any(len(value) > LONGEST_VALUE or "\x00" in value for value in said):
                    self.add_error(name, NOT_TAKEN % {"count": LONGEST_VALUE})
            elif not set(said) <= self._offered(name):
                self.add_error(name, NOT_OFFERED)
            elif len(said) > 1 and self.question.kind != "multiple":
                self.add_error(name, ONE_ONLY)

    def _required(self) -> str:
        return f"{REQUIRED[self.question.kind]} {LATER}"

    def _offered(self, name: str) -> set[str]:
        """Ids to choose from; none where the answer is typed."""
        own = self.names[name] if self.question.kind == "gaps" else ""
        return {option.id for option in self.question.options if option.part == own}

    def _label(self, about: str, number: int) -> str:
        if not about:
            return str(_("Your answer"))
        if self.question.kind == "gaps":
            return str(_("Gap %(number)s") % {"number": number})
        if self.question.kind == "spot_it":
            return str(_("Line %(number)s") % {"number": number})
        texts = {part.id: part.text for part in self.question.parts} | {
            option.id: option.text for option in self.question.options
        }
        return Truncator(texts[about]).chars(60)


class PracticeForm(AnswerForm):
    """The answer to a card of five a day, which can't be left for later."""

    def _required(self) -> str:
        return str(REQUIRED[self.question.kind])


class CertaintyForm(forms.Form):
    """How sure an answer is, where the quiz is marked by that."""

    certainty = forms.TypedChoiceField(
        label=_("How sure are you?"),
        choices=CertaintyLevel.choices,
        coerce=int,
        error_messages={
            "required": _("Say how sure you are; “I’m guessing” costs nothing."),
            "invalid_choice": _("Choose one of the three below."),
        },
    )
