from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from standards.enums import Pitfall
from standards.validators import validate_pitfalls


class PitfallsField(models.JSONField):
    """A list of pitfall ids; in forms, a set of checkboxes."""

    default_validators = [validate_pitfalls]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "default": list, "blank": True})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["default"], kwargs["blank"]
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=Pitfall.choices,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
