from __future__ import annotations

from collections.abc import Collection, Mapping
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


class SignForm(forms.Form):
    """The signature: a tick, and the ids of the clause versions that were on the page, with those of the words that it had."""

    agree = forms.BooleanField(error_messages={"required": _("Tick the box to sign.")})
    versions = forms.CharField(max_length=2000, widget=forms.HiddenInput)

    texts = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)

    def clean_versions(self) -> list[int]:
        return self._ids("versions")

    def clean_texts(self) -> list[int] | None:
        return self._ids("texts") if self.cleaned_data["texts"] else None

    def _ids(self, name: str) -> list[int]:
        ids = self.cleaned_data[name].split(",")
        if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in ids):
            raise forms.ValidationError(_("This page was out of order. Read it again, then sign."))
        return [int(part) for part in ids]


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
