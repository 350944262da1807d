from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from standards.enums import Pitfall

CODE_PATTERN = "[A-Z]{2,5}-[0-9]+"

validate_code = RegexValidator(
    rf"^{CODE_PATTERN}\Z",
    _("A code is two to five capital letters, a hyphen and a number, such as REL-1."),
    code="invalid_code",
)


def validate_pitfalls(value: Any) -> None:
    """A list of pitfall ids, each once."""
    if not isinstance(value, list) or not set(value) <= set(Pitfall.values) or len(set(value)) != len(value):
        raise ValidationError(_("Choose pitfalls from the list, each once."), code="invalid_pitfalls")
