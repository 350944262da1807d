from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.documents.forms import BaseDocumentForm

from quizzes.domain.exchange.records import LARGEST_FILE
from training.blocks import KEY_LENGTH
from training.blocks.lessons import MOST_OPTIONS, MOST_PARTS
from training.domain.deadlines import Deadline
from training.domain.lesson.captions import BrokenCaptions, CaptionsFault, read_captions
from training.domain.lesson.videos import HEAD, video_type
from training.domain.scenario.exchange.formats import FORMATS
from training.models import AudienceRule, Program
from training.selectors.deltas import DeltaContent, questions_to_choose, stories_to_choose

MOST_DECISIONS = 1000
ANSWER_PLACES = tuple(str(place) for place in range(MOST_OPTIONS))
VIDEO_TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}

CAPTIONS_MESSAGES: dict[CaptionsFault, str | Promise] = {
    CaptionsFault.NO_HEADER: _("The first line must be WEBVTT."),
    CaptionsFault.NO_CUES: _("There are no captions in it."),
    CaptionsFault.BAD_TIMING: _("Line %(line)s: write the times like 00:01.000 --> 00:04.000."),
    CaptionsFault.ENDS_BEFORE_IT_BEGINS: _("Line %(line)s: the caption ends before it begins."),
    CaptionsFault.OUT_OF_ORDER: _("Line %(line)s: the caption begins before the one above it."),
    CaptionsFault.NO_WORDS: _("Line %(line)s: there are no words below the times."),
}
LARGEST_CAPTIONS = 1_000_000
"""Bytes."""


class ChoiceForm(forms.Form):
    """A choice, with the run and the decision that it was offered for."""

    run = forms.UUIDField()
    position = forms.IntegerField(min_value=1, max_value=MOST_DECISIONS)
    choice = forms.CharField(max_length=KEY_LENGTH)


class TryAgainForm(forms.Form):
    """The decision of a run to try again from."""

    position = forms.IntegerField(min_value=1, max_value=MOST_DECISIONS)


class DeltaForm(forms.Form):
    """By what a change is learnt, and in how many days."""

    questions: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Questions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    scenario: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Role-play"), required=False, empty_label=_("None")
    )
    days = forms.IntegerField(label=_("Days to do it in"), min_value=1, max_value=365)

    def __init__(self, *args: Any, content: DeltaContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found, proposed in (
            ("questions", questions_to_choose(content), content.asked),
            ("scenario", stories_to_choose(content), content.played),
        ):
            field: Any = self.fields[name]
            field.queryset, field.initial = found, proposed


class DismissDeltaForm(forms.Form):
    reason = forms.CharField(label=_("Why nobody is asked"), max_length=200)


class AssignForm(forms.Form):
    """Whom, and why."""

    people: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("People"),
        widget=forms.SelectMultiple(attrs={"size": 12}),
        error_messages={"required": _("Choose at least one person.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Such as “New at the counter”. It stays on record."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class AudienceRuleForm(forms.ModelForm):
    """One description of people; an empty one is left out."""

    class Meta:
        model = AudienceRule
        fields = ("is_everybody", "job_role", "team", "branch", "employed_from", "employed_until")
        widgets = dict.fromkeys(("employed_from", "employed_until"), AdminDateInput)


AudienceFormSet = forms.formset_factory(AudienceRuleForm, extra=1, can_delete=True, max_num=30)


def rules_of(forms: Iterable[AudienceRuleForm], program: Program) -> list[AudienceRule]:
    """What was filled in, as unsaved rules of this programme."""
    filled = [form for form in forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    for form in filled:
        form.instance.program = program
    return [form.instance for form in filled]


class DeadlineForm(forms.Form):
    """When it is due: so many days after it is assigned, or on one day."""

    days_to_complete = forms.IntegerField(
        label=_("Days to complete"),
        required=False,
        min_value=1,
        max_value=3650,
        help_text=_("Counted from the day it is assigned, or from the first day of work. Empty: no deadline."),
    )
    fixed_due_on = forms.DateField(
        label=_("Or due on"), required=False, widget=AdminDateInput, help_text=_("One day for everybody.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("days_to_complete") and cleaned.get("fixed_due_on"):
            self.add_error("fixed_due_on", _("Give days, or one day for everybody: not both."))
        return cleaned

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.cleaned_data["days_to_complete"], self.cleaned_data["fixed_due_on"])


class ScenarioFileForm(forms.Form):
    """A scenario of another system, or of another Piawai."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Up to 10 MB. Nothing comes in before you have seen what would."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose another.")},
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("As its name says")), *((each.name, each.label) for each in FORMATS.values())],
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 10 MB."))
        self.suffix = PurePath(file.name).suffix.lower()
        content: bytes = file.read()
        return content

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" in cleaned and not cleaned.get("format"):
            cleaned["format"] = next((each.name for each in FORMATS.values() if self.suffix in each.suffixes), "")
            if not cleaned["format"]:
                self.add_error("format", _("The name of the file doesn’t tell its format. Choose it here."))
        return cleaned


class CompleteForm(forms.Form):
    """The version of a lesson that somebody has gone through, by its number."""

    version = forms.IntegerField(min_value=1)


class CheckForm(forms.Form):
    """An answer to a question in a lesson, and those that were given before it: nobody keeps them but the page itself.

    check: place of the question in its lesson; its answer, like every other, is in answer-PLACE.
    """

    check = forms.IntegerField(min_value=0, max_value=MOST_PARTS)

    @property
    def answers(self) -> dict[int, int]:
        """Place of a question → place of the answer chosen."""
        found = {}
        for place in range(MOST_PARTS):
            chosen = str(self.data.get(f"answer-{place}", ""))
            if chosen in ANSWER_PLACES:
                found[place] = int(chosen)
        return found

    @property
    def place(self) -> int | None:
        """Of the question that was sent without an answer."""
        return self.cleaned_data.get("check") if self.errors else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("check") not in self.answers:
            self.add_error(None, _("Choose an answer first."))
        return cleaned


class VideoFileForm(BaseDocumentForm):
    """For the files of lessons, all that comes in as a document: a video or its captions, told by what is inside."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        if file.name.lower().endswith(".vtt"):
            _check_captions(file)
        elif (video_type(file.read(HEAD)) or "") != VIDEO_TYPES.get(PurePath(file.name).suffix.lower()):
            raise ValidationError(
                _("What is inside isn’t what its name says. Take an MP4 or WebM video, or WebVTT captions.")
            )
        file.seek(0)
        return file


def _check_captions(file: Any) -> None:
    if file.size > LARGEST_CAPTIONS:
        raise ValidationError(_("Captions of more than 1 MB can’t be right."))
    try:
        read_captions(file.read().decode())
    except UnicodeDecodeError:
        raise ValidationError(_("Save the captions as UTF-8.")) from None
    except BrokenCaptions as broken:
        raise ValidationError(str(CAPTIONS_MESSAGES[broken.fault]) % {"line": broken.line}) from None
