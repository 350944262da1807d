from __future__ import annotations

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

validate_key = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("A key is made of small letters, digits and hyphens, such as ask-first."),
    code="invalid_key",
)
