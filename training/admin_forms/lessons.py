"""The lesson form: what is published cites clauses that are in force."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from standards.selectors.clauses import clause_ids_in_force
from training.admin_forms.scenarios import MESSAGES
from training.domain.scenario.linting import FaultKind

CITING = {"clause", "check"}
"""Blocks of a lesson that cite a clause."""


class LessonPageForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and cleaned.get("body"):
            in_force = clause_ids_in_force()
            missing = {
                place: block.value["clause"]
                for place, block in enumerate(cleaned["body"])
                if block.block_type in CITING and block.value["clause"] not in in_force
            }
            if missing:
                self.add_error("body", _clauses_at_their_fields(missing))
        return cleaned


def _clauses_at_their_fields(missing: dict[int, str]) -> StreamBlockValidationError:
    told = str(MESSAGES[FaultKind.UNKNOWN_CLAUSE])
    return StreamBlockValidationError(
        {
            place: StructBlockValidationError({"clause": ValidationError(told % {"name": code})})
            for place, code in missing.items()
        }
    )
