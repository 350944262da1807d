"""The question form: the key is typed beside the answers, and goes its own way from there."""

from __future__ import annotations

import uuid
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks import BlockField

from quizzes.admin_forms.faults import FAULTS, faults_in_place
from quizzes.admin_forms.words import ALL_FIELDS, ASKS
from quizzes.blocks.authored import WRITTEN, validate_share, without_ids
from quizzes.blocks.errors import stream_error
from quizzes.domain.authoring import Authored, Choice, compose, decompose, true_false_choices
from quizzes.domain.keys import Unit
from quizzes.domain.kinds import FALSE, TRUE, Fault
from quizzes.domain.questions import Picture
from quizzes.domain.typed import number_of
from quizzes.domain.written import as_decimal, as_percent, share_of
from quizzes.enums import QuestionKind

CHOICE_KINDS = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
SWITCHES = ("is_all_or_nothing", "minds_case", "minds_accents")


class FeedbackField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=1000, widget=AdminAutoHeightTextInput, **kwargs)


class UnitsField(forms.CharField):
    """Units, one a line: a name, and after “=” what it comes to in the question's own unit."""

    def clean(self, value: Any) -> tuple[Unit, ...]:
        return tuple(self._unit(line) for line in super().clean(value).splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return "\n".join(unit.name if unit.factor == "1" else f"{unit.name} = {unit.factor}" for unit in value)
        return value

    @staticmethod
    def _unit(line: str) -> Unit:
        name, equals, said = line.partition("=")
        factor = number_of(said) if equals else Fraction(1)
        if not name.strip() or factor is None or factor <= 0:
            raise forms.ValidationError(
                _("Write each unit as in “hour = 60”. This isn’t one: %(line)s"), params={"line": line}
            )
        return Unit(name.strip(), as_decimal(factor))


class QuestionForm(WagtailAdminModelForm):
    """Shows what the question's kind needs. Reads the key from the stored AnswerKey, and gives what was typed as `key`;
    a service writes it (quizzes.viewsets).
    """

    general_feedback = FeedbackField(
        label=_("Feedback for everybody"),
        help_text=_("The idea behind the question, in a sentence or two. Learners read it after they have handed in."),
    )
    answer = forms.ChoiceField(
        label=_("What is right"),
        choices=[(TRUE, _("True")), (FALSE, _("False"))],
        widget=forms.RadioSelect,
        required=False,
    )
    if_true = FeedbackField(label=_("Feedback for those who say “true”"))
    if_false = FeedbackField(label=_("Feedback for those who say “false”"))
    otherwise = FeedbackField(
        label=_("Feedback for any other answer"), help_text=_("For answers that none of those above accepts.")
    )
    unit_name = UnitsField(
        label=_("Unit"),
        required=False,
        max_length=30,
        help_text=_("It stands beside the box: minutes, %, km. Leave it empty where the question says it."),
    )
    other_units = UnitsField(
        label=_("Other units that may be typed"),
        required=False,
        max_length=300,
        widget=AdminAutoHeightTextInput,
        help_text=_("One a line, with what one of it comes to in the unit above: hour = 60."),
    )
    unit_penalty = forms.CharField(
        label=_("Taken off where the unit is missing, in per cent"),
        required=False,
        validators=[validate_share],
        max_length=20,
        help_text=_("Leave it empty to mark the number alone."),
    )
    is_all_or_nothing = forms.BooleanField(
        label=_("All or nothing"),
        required=False,
        help_text=_("Only the whole answer earns the mark, not a part of it."),
    )
    minds_case = forms.BooleanField(
        label=_("Capitals matter"), required=False, help_text=_("“Sorry” and “sorry” are two different answers.")
    )
    minds_accents = forms.BooleanField(
        label=_("Accents matter"), required=False, help_text=_("“café” and “cafe” are two different answers.")
    )

    class Media:
        js = ("js/spotting.js",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = self.instance
        self.stored_key = self.key = question.key
        self.content = question.content
        kinds = _kinds_to_choose(question, self.data.get("kind"))
        wanted = self.data.get("kind", question.kind)
        self.kind = wanted if wanted in kinds else question.kind
        self._show(decompose(question.kind, self.content, self.stored_key), is_new=question.pk is None)
        self._fit_fields([(kind, QuestionKind(kind).label) for kind in kinds])
        if question.pk is None:
            # A copy shows another question's key, and gets one of its own.
            question.answer_key = None

    def _show(self, authored: Authored, *, is_new: bool) -> None:
        self.initial |= {
            "general_feedback": authored.general,
            "otherwise": authored.otherwise,
            "unit_name": authored.units[:1],
            "other_units": authored.units[1:],
            "unit_penalty": as_percent(authored.unit_penalty) if authored.unit_penalty else "",
            **{switch: getattr(authored, switch) for switch in SWITCHES},
        }
        if self.kind == QuestionKind.TRUE_FALSE:
            said = {choice.id: choice for choice in authored.choices}
            self.initial |= {
                "answer": next((choice.id for choice in authored.choices if choice.is_right), None),
                "if_true": said[TRUE].feedback if said else "",
                "if_false": said[FALSE].feedback if said else "",
            }
        else:
            written = WRITTEN[self.kind]
            raw = written.show(authored)
            if is_new:
                raw = without_ids(raw) or written.empty()
            self.initial["options"] = written.block.to_python(raw)

    def _fit_fields(self, kinds: list[tuple[str, Any]]) -> None:
        """What this kind asks of its author, and in what words."""
        asks = ASKS[self.kind]
        for name in ALL_FIELDS - set(asks.fields):
            self.fields.pop(name, None)
        if self.kind in WRITTEN:
            self.fields["options"] = BlockField(block=WRITTEN[self.kind].block, label=asks.answers, help_text=asks.help)
        else:
            self.fields.pop("options", None)
        self.fields["stem"].help_text = asks.stem
        self.fields["stem"].error_messages["required"] = FAULTS[Fault.NO_STEM]
        self.fields["kind"].choices = kinds
        self.fields["kind"].error_messages["invalid_choice"] = FAULTS[Fault.UNKNOWN_KIND]
        self.fields["kind"].help_text = "" if len(kinds) > 1 else _("A question stays of the kind that it is.")
        clauses = self.formsets["question_clauses"]
        clauses.error_messages["too_few_forms"] = FAULTS[Fault.NO_CLAUSE]
        for row in clauses.forms:
            row.fields["clause"].error_messages["required"] = FAULTS[Fault.NO_CLAUSE]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.kind not in WRITTEN or "options" in cleaned:
            authored = self._authored(cleaned)
            self.content, self.key = compose(authored, lambda: str(uuid.uuid4()))
            if not self.is_deferred_validation:
                self._refuse_unfinished(authored)
            stored = self._meta.model.stored_options(authored.kind, self.content)
            cleaned["options"] = self._meta.model._meta.get_field("options").stream_block.to_python(stored)
            self.instance.unit = self.content.unit
        return cleaned

    def has_changed(self) -> bool:
        # Options are compared as they are stored, which is without the key.
        return super().has_changed() or self.key != self.stored_key

    def _authored(self, cleaned: dict[str, Any]) -> Authored:
        image, penalty = cleaned.get("image"), cleaned.get("unit_penalty")
        switches = {switch: cleaned.get(switch, False) for switch in SWITCHES}
        if self.kind == QuestionKind.SINGLE:
            switches["is_all_or_nothing"] = False
        return Authored(
            kind=self.kind,
            stem=cleaned.get("stem", ""),
            general=cleaned.get("general_feedback", ""),
            otherwise=cleaned.get("otherwise", ""),
            units=(*cleaned.get("unit_name", ()), *cleaned.get("other_units", ())),
            unit_penalty=(share_of(penalty) if penalty else None) or Fraction(),
            codes=tuple(dict.fromkeys(clause.code for clause in self._clauses())),
            picture=Picture(image.pk, cleaned.get("image_alt", "").strip()) if image else None,
            keeps_order=not cleaned.get("is_shuffled", self.instance.is_shuffled),
            **switches,
            **self._answers(cleaned),
        )

    def _answers(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        if self.kind in WRITTEN:
            return WRITTEN[self.kind].read(cleaned["options"])
        return {
            "choices": _true_false(cleaned.get("answer", ""), cleaned.get("if_true", ""), cleaned.get("if_false", ""))
        }

    @property
    def clause_ids(self) -> list[int]:
        return [clause.pk for clause in self._clauses()]

    def _clauses(self) -> list[Any]:
        """The clauses that are chosen in this very form."""
        rows = self.formsets["question_clauses"]
        rows.is_valid()
        chosen = (row.cleaned_data.get("clause") for row in rows.forms if row not in rows.deleted_forms)
        return [clause for clause in chosen if clause]

    def _refuse_unfinished(self, authored: Authored) -> None:
        for field, messages in faults_in_place(authored, self.content, self.key).items():
            if field in self.errors:
                continue
            if field == "options":
                self.add_error(field, stream_error(messages))
            else:
                self.add_error(field, messages[()])


def _kinds_to_choose(question: Any, wanted: str | None) -> tuple[str, ...]:
    """A question stays of its kind, but for the two that differ only in how many answers are right. A new one may be of any kind."""
    kind = wanted if question.pk is None and wanted in QuestionKind.values else question.kind
    return CHOICE_KINDS if kind in CHOICE_KINDS else (kind,)


def _true_false(answer: str, if_true: str, if_false: str) -> tuple[Choice, ...]:
    """As `true_false_choices`, with neither right while the author hasn't said which."""
    choices = true_false_choices(answer == TRUE, if_true, if_false)
    return choices if answer else tuple(Choice(one.text, False, one.feedback, id=one.id) for one in choices)
