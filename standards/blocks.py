"""Free text of a chapter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "h3"]


class FigureBlock(blocks.StructBlock):
    """A figure that people would rather see than read, with where it comes from."""

    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    text = blocks.CharBlock(label=_("What it counts"), max_length=200)
    source = blocks.CharBlock(label=_("Source"), max_length=300)

    class Meta:
        icon = "order"
        label = _("Figure")
        template = "standards/blocks/figure.html"


class ChapterBodyBlock(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    figure = FigureBlock()

    class Meta:
        required = False
