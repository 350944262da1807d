"""What a lesson is written in: text, pictures, videos, clauses, and questions to check oneself by."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from training.blocks import ClauseCodeBlock
from training.domain.lesson.videos import provider_of

TEXT_FEATURES = ["bold", "italic", "ol", "ul"]
FEWEST_OPTIONS, MOST_OPTIONS = 2, 5
MOST_PARTS = 200
VIDEO_SUFFIXES, CAPTIONS_SUFFIX = (".mp4", ".webm"), ".vtt"
"""What is inside was looked at when the file came in (`training.forms.VideoFileForm`)."""


class VideoBlock(blocks.StructBlock):
    """A file with captions, or the address of a video that somebody else shows: nothing of theirs is loaded with our page."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, help_text=_("What one sees in it."))
    file = DocumentChooserBlock(label=_("File"), required=False, help_text=_("MP4 or WebM, up to 200 MB."))
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("WebVTT. A file needs them: many watch without sound.")
    )
    address = blocks.URLBlock(
        label=_("Or its address"),
        required=False,
        max_length=300,
        help_text=_("Of a page at YouTube or Vimeo. The lesson shows a link to it."),
    )
    transcript = blocks.TextBlock(
        label=_("Transcript"), required=False, max_length=20_000, help_text=_("What is said and shown, to be read.")
    )

    class Meta:
        icon = "media"
        label = _("Video")
        label_format = "{title}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        faults = video_faults(
            file=_name(cleaned["file"]), captions=_name(cleaned["captions"]), address=cleaned["address"]
        )
        if faults:
            raise blocks.StructBlockValidationError({name: ValidationError(fault) for name, fault in faults.items()})
        return cleaned


class ClauseQuoteBlock(blocks.StructBlock):
    """A clause in the words that are in force when somebody reads the lesson."""

    clause = ClauseCodeBlock(label=_("Clause"))

    class Meta:
        icon = "openquote"
        label = _("Clause")
        label_format = "{clause}"


class CheckOptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    is_right = blocks.BooleanBlock(label=_("Right"), required=False)
    feedback = blocks.TextBlock(label=_("What to say to it"), max_length=600)

    class Meta:
        icon = "radio-empty"
        label = _("Answer")
        label_format = "{text}"


class CheckBlock(blocks.StructBlock):
    """A question to check oneself by: each answer is told something, nothing is recorded."""

    question = blocks.TextBlock(label=_("Question"), max_length=600)
    options = blocks.ListBlock(CheckOptionBlock(), label=_("Answers"), min_num=FEWEST_OPTIONS, max_num=MOST_OPTIONS)
    clause = ClauseCodeBlock(label=_("Clause"), help_text=_("Which it is about; shown with the answer."))

    class Meta:
        icon = "help"
        label = _("Check yourself")
        label_format = "{question}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if sum(bool(option["is_right"]) for option in cleaned["options"]) != 1:
            raise blocks.StructBlockValidationError({"options": ValidationError(_("Mark one answer as right."))})
        return cleaned


class LessonBodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, icon="title")
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    image = ImageBlock(label=_("Picture"))
    video = VideoBlock()
    clause = ClauseQuoteBlock()
    check = CheckBlock()

    class Meta:
        max_num = MOST_PARTS


def video_faults(*, file: str, captions: str, address: str) -> dict[str, Any]:
    """What is wrong with a video, by field. file, captions: names of the files, empty for none."""
    if bool(file) == bool(address):
        return {"file": _("Choose a file or give an address: one of the two.")}
    if address and provider_of(address) is None:
        return {"address": _("Give the https address of a video at YouTube or Vimeo.")}
    if address:
        return {"captions": _("Captions belong to a file. Take them out.")} if captions else {}
    faults: dict[str, Any] = {}
    if not file.lower().endswith(VIDEO_SUFFIXES):
        faults["file"] = _("This isn’t a video. Choose an MP4 or WebM file.")
    if not captions.lower().endswith(CAPTIONS_SUFFIX):
        faults["captions"] = _("A file needs captions: choose a WebVTT file.")
    return faults


def _name(document: Any) -> str:
    return document.filename if document else ""
