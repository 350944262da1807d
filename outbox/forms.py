"""The one form of a person's choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from outbox.selectors import MailChoice


class MailChoicesForm(forms.Form):
    wanted = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, choices: Sequence[MailChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [(choice.kind, choice.label) for choice in choices]  # type: ignore[attr-defined]
