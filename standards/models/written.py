"""A clause as editors write it, with what stands on it and makes no version."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from taggit.models import TaggedItemBase
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
)
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from standards.domain.clauses import ClauseContent, Wording
from standards.enums import ChangeKind, IndicatorKind
from standards.models.fields import PitfallsField
from standards.validators import validate_code


class ClauseText(TranslatableMixin, ClusterableModel, Orderable):
    """What editors write. Nothing points to it; it is matched to its Clause by code when published."""

    page = ParentalKey("standards.ChapterPage", on_delete=models.CASCADE, related_name="clauses")
    code = models.CharField(
        _("code"),
        max_length=20,
        blank=True,
        validators=[validate_code],
        help_text=_("Such as REL-1. It never changes once published."),
    )
    title = models.CharField(_("title"), max_length=120)
    statement = models.TextField(_("statement"), help_text=_("One sentence that people sign, at most 40 words."))
    why = models.TextField(_("why"), blank=True)
    looks_like = models.TextField(_("it looks like"), blank=True)
    is_not = models.TextField(_("it is not"), blank=True)
    you_decide = models.TextField(_("you decide"), blank=True, help_text=_("What a member of staff may decide alone."))
    beyond_that = models.TextField(
        _("beyond that"), blank=True, help_text=_("Whom to fetch, and what to do meanwhile.")
    )
    indicator_kind = models.CharField(_("kind of indicator"), max_length=20, choices=IndicatorKind.choices, blank=True)
    indicator_target = models.CharField(_("target"), max_length=20, blank=True)
    indicator_measure = models.CharField(_("of what"), max_length=200, blank=True)
    indicator_method = models.CharField(_("how it is measured"), max_length=200, blank=True)
    pitfalls = PitfallsField(_("pitfalls"))
    is_public = models.BooleanField(
        _("in the customer charter"),
        default=False,
        help_text=_("Everybody may read its title, statement and target at /charter/, once this chapter is published."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review_on = models.DateField(
        _("review on"),
        null=True,
        blank=True,
        help_text=_("“Reviewed, no change” sets a later date by itself; the later of the two counts."),
    )
    is_mandatory = models.BooleanField(
        _("mandatory"),
        default=False,
        help_text=_(
            "People must know it before they work. The coverage report puts it on top while no question or no scenario asks for it."
        ),
    )
    tags = ClusterTaggableManager(
        through="standards.ClauseTag",
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Other words people look it up by, such as refund or phone."),
    )
    change_kind = models.CharField(_("kind of change"), max_length=20, choices=ChangeKind.choices, blank=True)
    source_sha256 = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Of a translation: the digest of the words that it translates.",
    )

    translatable_fields = [
        *(
            TranslatableField(name)
            for name in (
                "title", "statement", "why", "looks_like", "is_not", "you_decide", "beyond_that",
                "indicator_target", "indicator_measure", "indicator_method",
            )
        ),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "code", "indicator_kind", "pitfalls", "owner", "review_on", "is_mandatory", "is_public", "tagged_items",
            )
        ),
    ]  # fmt: skip

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("title")]),
        FieldPanel("statement"),
        FieldPanel("why"),
        FieldRowPanel([FieldPanel("looks_like"), FieldPanel("is_not")]),
        MultiFieldPanel([FieldPanel("you_decide"), FieldPanel("beyond_that")], _("Your authority")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("indicator_kind"), FieldPanel("indicator_target")]),
                FieldPanel("indicator_measure"),
                FieldPanel("indicator_method"),
            ],
            _("How we know"),
        ),
        FieldPanel("pitfalls"),
        FieldPanel("tags"),
        FieldPanel("is_mandatory"),
        FieldPanel("is_public"),
        FieldRowPanel([FieldPanel("owner"), FieldPanel("review_on")]),
        FieldPanel("change_kind"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("clause text")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def content(self) -> ClauseContent:
        return ClauseContent.from_object(self)

    @property
    def wording(self) -> Wording:
        return Wording(self.content, self.page.locale.language_code)


class ClauseTag(TaggedItemBase):
    """A word by which a clause is found besides its own. No part of what the clause says: a tag makes no version."""

    content_object = ParentalKey(ClauseText, on_delete=models.CASCADE, related_name="tagged_items")

    def serializable_data(self) -> dict[str, Any]:
        """Without its key: Wagtail copies a page's drafts with the keys of rows within rows, and the copy would take the tags away."""
        return {**get_serializable_data_for_fields(self), "pk": None}
