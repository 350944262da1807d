from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Q, QuerySet, Subquery
from wagtail.permissions import page_permission_policy

from core.models.facts import FactQuerySet
from core.models.texts import source_language


def texts_in_document() -> QuerySet:
    """The texts of the live chapters in the source language: they say who owns a clause now."""
    return apps.get_model("standards.ClauseText").objects.filter(
        page__live=True, page__alias_of=None, page__locale__language_code=source_language()
    )


class AcknowledgementQuerySet(FactQuerySet):
    def for_viewer(self, viewer: Any, *, day: date) -> Self:
        """One's own, those of the teams one supervises today, or everybody's for an administrator."""
        return self.filter(learner__in=get_user_model().objects.for_viewer(viewer, day=day))


class EnquiryQuerySet(FactQuerySet):
    def open(self) -> Self:
        return self.filter(replies=None)

    def with_outcome(self) -> Self:
        """Each with the `outcome` of its last reply, None while it's open."""
        replies = apps.get_model("standards.EnquiryReply").objects.filter(enquiry=OuterRef("pk")).order_by("-number")
        return self.annotate(outcome=Subquery(replies.values("outcome")[:1]))

    def owned_by(self, viewer: Any) -> Self:
        """At clauses whose owner this person is now."""
        return self.filter(_owned(viewer))

    def for_answerer(self, viewer: Any) -> Self:
        """What this person may answer: at clauses of their own, and of chapters that they may edit."""
        pages = page_permission_policy.instances_user_has_permission_for(viewer, "change")
        return self.filter(_owned(viewer) | Q(version__clause__chapter_key__in=pages.values("translation_key")))

    def for_viewer(self, viewer: Any) -> Self:
        """One's own and what one may answer; everything for who may see everybody."""
        if viewer.has_perm("people.view_all_people"):
            return self
        return self.filter(asker=viewer) | self.for_answerer(viewer)


def _owned(viewer: Any) -> Q:
    return Q(version__clause__code__in=texts_in_document().filter(owner=viewer).values("code"))
