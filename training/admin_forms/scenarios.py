"""The scenario form: a draft is saved however it stands; what is published must be sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError

from standards.selectors.clauses import clause_ids_in_force
from training.domain.scenario.linting import Fault, FaultKind, errors, lint
from training.enums import condition_in_words

MESSAGES: dict[FaultKind, str | Promise] = {
    FaultKind.NO_START: _(
        "There is no scene to start with: give a scene the key “%(name)s”, or name another first scene."
    ),
    FaultKind.NO_ENDING: _("The story has no ending. Add one."),
    FaultKind.TOO_TANGLED: _(
        "There are too many ways round these scenes to know the best points: %(name)s. "
        "Take out a choice that leads back, or a condition."
    ),
    FaultKind.NO_PASSING: _(
        "No way through the story passes without a critical choice: lower the pass mark, or change points."
    ),
    FaultKind.BEST_IS_CRITICAL: _("The most points are only had with a critical choice."),
    FaultKind.ALWAYS_FIRST: _("The right choice always stands first. Mix them."),
    FaultKind.ALWAYS_LONGEST: _("The right choice is always the longest. Whoever notices needn’t read."),
    FaultKind.NO_KEY: _("This needs a key."),
    FaultKind.REPEATED_KEY: _("Another scene or ending has the key “%(name)s”."),
    FaultKind.NO_LINES: _("Nothing appears in this scene. Add a line."),
    FaultKind.DEAD_END: _("The story stops here. Add a choice."),
    FaultKind.UNREACHABLE: _("No way through the story leads here. Point a choice to “%(name)s”, or delete it."),
    FaultKind.CUT_OFF: _("Nobody gets here as long as nobody gets to the scenes before it."),
    FaultKind.REPEATED_CHOICE: _("Another choice of this scene has the key “%(name)s”."),
    FaultKind.NO_TARGET: _("There is no scene or ending “%(name)s”."),
    FaultKind.STUCK: _("Whoever gets here in a certain way is offered no choice. Add one without conditions."),
    FaultKind.NO_WAY_OUT: _("Whoever gets here goes round and round and comes to no ending: %(name)s."),
    FaultKind.NO_TIME: _("Give a number of seconds above 0, or none."),
    FaultKind.NO_LATE_CHOICE: _("Say which choice of this scene is taken when time is up; there is no “%(name)s”."),
    FaultKind.LATE_CONDITIONAL: _("“%(name)s” is taken when time is up, so it can’t have conditions."),
    FaultKind.NO_FEEDBACK: _("Say what came of this choice, and why."),
    FaultKind.CHANGED_CLAUSE: _("%(name)s has changed. Look whether this still holds."),
    FaultKind.UNKNOWN_CONDITION: _("There is no “%(name)s” for this to depend on."),
    FaultKind.NEVER_HOLDS: _("No way through the story makes this true: %(name)s."),
    FaultKind.NEVER_OFFERED: _("No way through the story makes all these conditions true at once."),
    FaultKind.CRITICAL_IS_RIGHT: _("This choice fails the run, and yet earns more than any other here."),
    FaultKind.NO_CLAUSE: _("Say which clause this choice is about."),
    FaultKind.UNKNOWN_CLAUSE: _("No clause %(name)s is in force."),
    FaultKind.REPEATED_CLAUSE: _("%(name)s stands here twice."),
    FaultKind.NO_POINTS: _("No way through the story earns a point."),
}

CHOICE_FIELD = {
    FaultKind.NO_KEY: "key",
    FaultKind.REPEATED_CHOICE: "key",
    FaultKind.NO_TARGET: "target",
    FaultKind.NO_FEEDBACK: "feedback",
}
NODE_FIELD = {FaultKind.NO_LINES: "lines", FaultKind.DEAD_END: "choices", FaultKind.STUCK: "choices"}

TAKEN_SLUGS = {"five"}
"""Addresses below /practice/ that are no scenario's."""


class ScenarioPageForm(WagtailAdminPageForm):
    class Media:
        js = (Script("js/story_form.js", type="module"),)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("slug") in TAKEN_SLUGS:
            self.add_error("slug", _("This address is taken by five a day. Choose another."))
        if not self.is_deferred_validation and "nodes" in cleaned:
            story = self.instance.story_with(cleaned["nodes"], cleaned.get("start", ""))
            found = lint(story, clause_ids_in_force(), mastery_score=cleaned.get("mastery_score") or Decimal(0))
            if faults := errors(found):
                self.add_error("nodes", faults_at_their_fields(faults))
        return cleaned


def message(fault: Fault) -> str:
    """What is wrong, in a sentence."""
    name = fault.name
    if fault.kind is FaultKind.NEVER_HOLDS:
        kind, _separator, operand = name.partition(": ")
        name = condition_in_words(kind, operand)
    return str(MESSAGES[fault.kind]) % {"name": name}


def faults_at_their_fields(faults: Iterable[Fault]) -> StreamBlockValidationError:
    """The faults as Wagtail shows them: each at the field of the scene, choice or ending that it is about."""
    general: list[ValidationError] = []
    nodes: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    choices: dict[int, dict[int, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for fault in faults:
        if fault.node is None:
            general.append(ValidationError(message(fault)))
        elif fault.choice is None:
            nodes[fault.node][NODE_FIELD.get(fault.kind, "key")].append(message(fault))
        else:
            choices[fault.node][fault.choice][CHOICE_FIELD.get(fault.kind, "points")].append(message(fault))
    errors: dict[int, Any] = {}
    for node in nodes.keys() | choices.keys():
        fields: dict[str, Any] = _at_fields(nodes[node])
        if choices[node]:
            at_choices = {
                place: StructBlockValidationError(_at_fields(found)) for place, found in choices[node].items()
            }
            fields["choices"] = ListBlockValidationError(at_choices)
        errors[node] = StructBlockValidationError(fields)
    return StreamBlockValidationError(errors, general)


def _at_fields(messages: dict[str, list[str]]) -> dict[str, ValidationError]:
    return {name: ValidationError(found) for name, found in messages.items()}
