from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from standards.domain.enquiries import tidied
from standards.domain.reviews import next_review_limits, proposed_next_review
from standards.enums import Decision, EnquiryKind, ReplyOutcome


class LookupForm(forms.Form):
    """What the address of the look-up may say. A value that makes no sense is as if it weren't there."""

    q = forms.CharField(required=False, max_length=100)
    chapter = forms.SlugField(required=False)

    def as_query(self) -> tuple[str, str]:
        self.is_valid()
        return self.cleaned_data.get("q", ""), self.cleaned_data.get("chapter", "")


class CheckForm(forms.Form):
    """The ids of the clause versions that were on the page."""

    versions = forms.CharField(max_length=2000, widget=forms.HiddenInput)

    def clean_versions(self) -> list[int]:
        return self._ids("versions")

    def _ids(self, name: str) -> list[int]:
        ids = self.cleaned_data[name].split(",")
        if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in ids):
            raise forms.ValidationError(_("This page was out of order. Read it again, then sign."))
        return [int(part) for part in ids]


class DecisionForm(forms.Form):
    """Approve or send back, of the draft whose digest is `seen`. Who sends back says why."""

    decision = forms.ChoiceField(choices=Decision.choices)
    seen = forms.CharField(max_length=64)
    comment = forms.CharField(required=False, max_length=1000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == Decision.SEND_BACK and not cleaned.get("comment"):
            raise forms.ValidationError(_("Say what should change, so that the editor can go on."))
        return cleaned


class SignForm(CheckForm):
    """The signature: a tick, and what was on the page, with the ids of the words that it had."""

    agree = forms.BooleanField(error_messages={"required": _("Tick the box to sign.")})
    texts = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)

    def clean_texts(self) -> list[int] | None:
        return self._ids("texts") if self.cleaned_data["texts"] else None


class CompareForm(forms.Form):
    """Which two editions, and how to look at them. A view that makes no sense is as if it weren't there."""

    def __init__(self, data: Mapping[str, Any], numbers: Collection[int]) -> None:
        super().__init__(data, auto_id="f-%s")
        # Added here, since `from` is a word of Python's own.
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                coerce=int,
                choices=[(number, str(number)) for number in numbers],
                error_messages={
                    "required": _("Choose an edition."),
                    "invalid_choice": _("There is no edition %(value)s."),
                },
            )

    def editions(self) -> tuple[int, int]:
        """The older and the newer of the two."""
        older, newer = sorted((self.cleaned_data["from"], self.cleaned_data["to"]))
        return older, newer

    @property
    def view(self) -> str:
        return "side" if self.data.get("view") == "side" else "inline"


class ReviewForm(forms.Form):
    """Nothing to change: until when, and what one has to say about it. version: id of the ClauseVersion that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    next_review_on = forms.DateField(label=_("Next review"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        help_text=_("If you like: what you looked at, or whom you asked."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, today: date, version: int) -> None:
        self.limits = next_review_limits(today)
        proposed = proposed_next_review(today).isoformat()
        super().__init__(data, initial={"version": version, "next_review_on": proposed})

    def clean_next_review_on(self) -> date:
        chosen: date = self.cleaned_data["next_review_on"]
        first, last = self.limits
        if not first <= chosen <= last:
            words = {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
            raise forms.ValidationError(_("Choose a day from %(first)s to %(last)s.") % words)
        return chosen


class TypedTextField(forms.CharField):
    """Several lines of plain text, tidied before they are counted."""

    widget = forms.Textarea
    default_error_messages = {
        "min_length": _("Write %(limit_value)s characters or more."),
        "max_length": _("That is %(show_value)s characters; up to %(limit_value)s can be sent."),
    }

    def to_python(self, value: Any) -> str:
        return tidied(super().to_python(value) or "")


class AskForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=EnquiryKind.choices,
        error_messages={"required": _("Say whether it is a question or a suggestion.")},
    )
    text = TypedTextField(
        label=_("In your words"),
        min_length=10,
        max_length=1000,
        error_messages={"required": _("Write what you want to know or suggest.")},
    )
    is_named = forms.BooleanField(label=_("Show my name to who answers"), required=False)


class ReplyForm(forms.Form):
    """A reply, and the number of the last one that was on the page."""

    outcome = forms.ChoiceField(
        label=_("What happens with it"),
        choices=ReplyOutcome.choices,
        error_messages={"required": _("Choose what happens with it.")},
    )
    text = TypedTextField(
        label=_("Your answer, or the reason"),
        max_length=2000,
        error_messages={"required": _("Write the answer, or why you close it.")},
    )
    after = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """Which clause of a chapter goes to which other chapter."""

    clause = forms.ChoiceField(label=_("Clause"))
    chapter: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Chapter it goes to"), empty_label=_("Choose a chapter")
    )

    def __init__(self, *args: Any, clauses: Iterable[tuple[str, str]], chapters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = list(clauses)  # type: ignore[attr-defined]
        self.fields["chapter"].queryset = chapters  # type: ignore[attr-defined]
