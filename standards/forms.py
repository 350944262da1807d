from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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
        ids = self.cleaned_data["versions"].split(",")
        if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in ids):
            raise forms.ValidationError(_("This page was out of order. Read it again, then sign."))
        return [int(part) for part in ids]


class SignForm(CheckForm):
    """The signature: a tick, and what was on the page."""

    agree = forms.BooleanField(error_messages={"required": _("Tick the box to sign.")})


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
