from __future__ import annotations

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
    """The signature: a tick, and the ids of the clause versions that were on the page."""

    agree = forms.BooleanField(error_messages={"required": _("Tick the box to sign.")})
    versions = forms.CharField(max_length=2000, widget=forms.HiddenInput)

    def clean_versions(self) -> list[int]:
        ids = self.cleaned_data["versions"].split(",")
        if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in ids):
            raise forms.ValidationError(_("This page was out of order. Read it again, then sign."))
        return [int(part) for part in ids]
