"""The form that a file of questions is sent with."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.domain.exchange.formats import FORMATS
from quizzes.domain.exchange.records import LARGEST_FILE
from quizzes.domain.exchange.saying import AIKEN, GIFT

_BY_SUFFIX = {".gift": GIFT, ".xml": "moodlexml", ".xlsx": "xlsx", ".csv": "csv", ".tsv": "csv"}


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("Up to 10 MB and 5,000 questions. Nothing comes in before you have seen what would."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose another.")},
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("As its name says")), *((each.name, each.label) for each in FORMATS.values())],
    )
    publishes = forms.BooleanField(
        label=_("Publish questions that are complete"),
        required=False,
        help_text=_("Otherwise all of them come in as drafts."),
    )

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publishes"]

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 10 MB. Split it and bring in the parts."))
        self.file_name = file.name
        content: bytes = file.read()
        return content

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" in cleaned and not cleaned.get("format"):
            cleaned["format"] = _format_of(self.file_name, cleaned["file"])
            if not cleaned["format"]:
                self.add_error("format", _("The name of the file doesn’t tell its format. Choose it here."))
        return cleaned


def _format_of(name: str, content: bytes) -> str:
    suffix = PurePath(name).suffix.lower()
    if suffix == ".txt":
        return AIKEN if b"ANSWER:" in content.upper() and b"{" not in content else GIFT
    return _BY_SUFFIX.get(suffix, "")
