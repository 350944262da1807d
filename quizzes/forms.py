"""What the player sends."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from quizzes.selectors.attempts import AskedQuestion

SINGLE_REQUIRED = _("Choose an answer first. If you aren’t sure, “Come back to it” keeps the question for later.")
MULTIPLE_REQUIRED = _("Choose at least one answer. If you aren’t sure, “Come back to it” keeps the question for later.")


class AnswerForm(forms.Form):
    """The answer to one question: one option, or one and more, of those that were offered."""

    def __init__(self, data: QueryDict, *, question: AskedQuestion) -> None:
        super().__init__(data)
        # What was sent, right or not: the page keeps it.
        self.chosen = data.getlist("answer")
        self.is_multiple = question.is_multiple
        self.fields["answer"] = forms.MultipleChoiceField(
            label=_("Your answer"),
            choices=[(option.id, option.text) for option in question.options],
            error_messages={
                "required": MULTIPLE_REQUIRED if question.is_multiple else SINGLE_REQUIRED,
                "invalid_choice": _("That isn’t one of the answers to this question. Choose one of those below."),
            },
        )

    def clean_answer(self) -> list[str]:
        chosen: list[str] = list(dict.fromkeys(self.cleaned_data["answer"]))
        if len(chosen) > 1 and not self.is_multiple:
            raise forms.ValidationError(_("This question takes one answer. Choose the best one."))
        return chosen
