"""Typing a code."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from certificates.domain.codes import LENGTH, code_from_typed, grouped


class CodeForm(forms.Form):
    """The code of a certificate, however it is typed; cleaned to the way it stands in addresses."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        max_length=200,
        help_text=_("Beside the QR code, at the bottom. Capitals, dashes and spaces don’t matter."),
        error_messages={"required": _("Type the code that stands on the certificate.")},
    )

    def clean_code(self) -> str:
        code = code_from_typed(self.cleaned_data["code"])
        if code is None:
            message = _(
                "This is no code of ours: they have %(length)s letters and digits. See whether one is missing or doubled."
            )
            raise ValidationError(message, code="no_code", params={"length": LENGTH})
        return grouped(code)
