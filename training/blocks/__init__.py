"""What pages of training are written in. Here stand the blocks that several of them use."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.models import Locale

from core.blocks import ReferenceBlock
from standards.selectors.clauses import clauses_in_force
from training.validators import validate_key

KEY_LENGTH = 60


class KeyBlock(ReferenceBlock):
    """The key of a scene, choice or ending."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=KEY_LENGTH, validators=[validate_key], **kwargs)


class ClauseCodeBlock(ReferenceBlock):
    """A clause, picked from those in force and kept by its code, so that a copy of the page cites the same.

    Whether the clause is still in force is asked when the page is published, once for all that it cites.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = forms.Select(choices=clause_code_choices)  # type: ignore[arg-type]  # lazily, as Django allows


def clause_code_choices() -> list[tuple[str, str]]:
    in_force = clauses_in_force(None, Locale.get_default())
    return [("", "---------"), *((clause.code, f"{clause.code} {clause.content.title}") for clause in in_force)]
