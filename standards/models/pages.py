"""The document and its chapters as editors write them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Locale, PagePermissionTester
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.models import BasePage
from standards.admin_forms import REASON_LENGTH, ChapterPageForm
from standards.blocks import ChapterBodyBlock
from standards.models.approvals import approver_of, follow_draft, second_person_task
from standards.models.clauses import Clause
from standards.models.editions import EditionClause
from standards.models.translating import note_what_is_translated
from standards.models.written import ClauseText
from standards.panels import AdvicePanel, ClauseUsesPanel


class ChapterKept(Exception):
    """Editions rest on the chapter: it can't be deleted or unpublished. Its clauses can be retired."""


class StandardsPage(BasePage):
    """The one standards document of a site."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["standards.ChapterPage"]

    class Meta:
        verbose_name = _("standards document")

    def get_learner_url(self) -> str:
        return reverse("standards")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return StandardsPermissionTester(user, self)


class StandardsPermissionTester(PagePermissionTester):
    """Where a second person approves, nobody makes a chapter and publishes it at once, superusers included."""

    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() and second_person_task(self.page) is None


class ChapterPermissionTester(PagePermissionTester):
    """A chapter with editions can't be deleted or unpublished: evidence rests on it. `ChaptersKeptMiddleware` says so.

    Where a second person approves, nobody publishes it directly, superusers included.
    """

    def can_publish(self) -> bool:
        return super().can_publish() and second_person_task(self.page) is None

    def can_unschedule(self) -> bool:
        return super().can_publish()

    def can_set_view_restrictions(self) -> bool:
        return super().can_publish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.page.specific_deferred.has_published_clauses() and super().can_delete(ignore_bulk)

    def can_unpublish(self) -> bool:
        return not self.page.specific_deferred.has_published_clauses() and super().can_unpublish()


class ChapterPage(BasePage):
    summary = models.CharField(
        _("summary"), max_length=250, blank=True, help_text=_("One line for the list of chapters.")
    )
    body = StreamField(ChapterBodyBlock(), verbose_name=_("text before the clauses"), blank=True)
    minutes = models.PositiveSmallIntegerField(
        default=1, editable=False, help_text="Minutes to read, counted at each publication."
    )
    is_translated = models.BooleanField(
        default=False,
        editable=False,
        help_text="Of a translation: whether all words but its clauses are in its language.",
    )
    change_reason = models.TextField(
        _("reason for the change"),
        blank=True,
        max_length=1000,
        help_text=_("Why the clauses below change. People read it when they sign."),
    )

    parent_page_types = ["standards.StandardsPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["change_reason"]
    translatable_fields = [
        *(
            TranslatableField(name)
            for name in ("title", "summary", "body", "seo_title", "search_description", "clauses")
        ),
        SynchronizedField("slug", overridable=False),
    ]
    base_form_class = ChapterPageForm

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title"),
                    FieldPanel("summary"),
                    FieldPanel("body"),
                    InlinePanel("clauses", heading=_("Clauses"), label=_("Clause")),
                    FieldPanel("change_reason"),
                ],
                heading=_("Chapter"),
            ),
            ObjectList([ClauseUsesPanel()], heading=_("Cited by")),
            ObjectList([AdvicePanel()], heading=_("Advice")),
            ObjectList(
                [
                    FieldPanel("slug"),
                    FieldPanel("seo_title"),
                    FieldPanel("search_description"),
                    # When it goes live, in the editor's side panel; when it ends is not asked: a chapter isn't unpublished.
                    PublishingPanel(children=PublishingPanel().children[:1]),
                ],
                heading=_("Address"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("chapter")

    def get_learner_url(self) -> str:
        return reverse("chapter", args=[self.slug])

    @property
    def decision_url(self) -> str:
        return reverse("chapter_impact", args=[self.pk])

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return ChapterPermissionTester(user, self)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "standards/chapter_preview.html"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and (self._blank_foreign_codes() or second_person_task(self)):
            self.live = False
            self.has_unpublished_changes = True
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        self._blank_foreign_codes()
        revision = super().save_revision(*args, **kwargs)
        follow_draft(self, revision)
        return revision

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> None:
        """Where a second person is required, nobody publishes by a right of their own: the approval is it."""
        if second_person_task(self):
            kwargs["skip_permission_checks"] = True
        super().publish(revision, user=user, **kwargs)

    def check_publication(self, revision: Any) -> None:
        """Refused without the approval that is needed. A schedule needs it when it is made, and again when it is due."""
        approver_of(self, revision.pk)

    def publication_fault(self) -> str:
        """What the form asks for in a publication, of a draft that was perhaps saved without it."""
        texts = list(self.clauses.all())
        codes = [text.code for text in texts]
        if not all(codes):
            return str(_("A clause needs a code before it can be published."))
        if faults := self.code_faults(codes, goes_live=True):
            return " ".join(f"{code}: {fault}" for code, fault in faults.items())
        changed = self.changed_codes(texts)
        if unsaid := [text.code for text in texts if text.code in changed and not text.change_kind]:
            return str(_("Say of each changed clause whether the change is editorial or substantive: %(codes)s.")) % {
                "codes": ", ".join(unsaid)
            }
        if (changed or self.retired_codes(codes)) and len(self.change_reason.strip()) < REASON_LENGTH[0]:
            return str(_("Say in the chapter why its clauses change; people read it when they sign."))
        return ""

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        if self.has_published_clauses():
            raise ChapterKept(self)
        super().unpublish(*args, **kwargs)

    def copy_child_relation(self, child_relation: Any, target: Any, *args: Any, **kwargs: Any) -> Any:
        """A translation is made, and brought up to date, as a copy of its source whose words are then replaced."""
        copied = super().copy_child_relation(child_relation, target, *args, **kwargs)
        if getattr(child_relation, "name", child_relation) == "clauses" and target.locale_id != self.locale_id:
            note_what_is_translated(self, target)
        return copied

    def has_published_clauses(self) -> bool:
        """Whether it is in an edition, or a clause in force is on its way to it."""
        listed = EditionClause.objects.filter(chapter_key=self.translation_key)
        return listed.exists() or Clause.objects.filter(moving_to=self.translation_key).exists()

    def is_source(self) -> bool:
        """Whether versions are counted on this page: not on an alias or a translation."""
        return self.alias_of_id is None and self.locale_id == Locale.get_default().pk

    def code_faults(self, codes: Iterable[str], *, goes_live: bool = False) -> dict[str, str]:
        """Codes that this chapter may not use, with why: another chapter's, or retired.

        goes_live: a clause that is being moved may be published where it was, too; it is written where it goes.
        """
        wanted = {code for code in codes if code}
        published = {clause.code: clause for clause in Clause.objects.filter(code__in=wanted)}
        faults = {}
        for code, clause in published.items():
            if clause.retired_at:
                faults[code] = str(_("This code was retired, and a code is never used again."))
            elif self.translation_key not in ((clause.chapter_key, clause.moving_to) if goes_live else (clause.home,)):
                leaves = clause.chapter_key == self.translation_key
                faults[code] = str(
                    _("This clause is being moved to another chapter: write it there.")
                    if leaves
                    else _("Another chapter has this code.")
                )
        others = ChapterPage.objects.exclude(translation_key=self.translation_key)
        written = set(ClauseText.objects.filter(page__in=others).values_list("code", flat=True))
        for code in wanted & (written | drafted_codes(others)) - published.keys():
            faults[code] = str(_("Another chapter has this code."))
        return faults

    def is_published_code(self, code: str) -> bool:
        return Clause.objects.filter(self._is_here(), code=code).exists()

    def changed_codes(self, texts: Iterable[ClauseText]) -> set[str]:
        """Of these texts, the codes that are published and say something else now than the version in force."""
        written = {text.code: text.content.sha256 for text in texts}
        in_force = self.digests_in_force(written)
        return {code for code, digest in written.items() if in_force.get(code, digest) != digest}

    def retired_codes(self, kept: Collection[str]) -> set[str]:
        """Codes in force in this chapter that would be gone if only `kept` were published."""
        return set(self.digests_in_force(kept)) - set(kept)

    def codes_in_force(self) -> dict[int, str]:
        """Clause id → code, of the clauses that this chapter has in force."""
        clauses = Clause.objects.filter(chapter_key=self.translation_key, retired_at=None)
        return dict(clauses.values_list("pk", "code"))

    def digests_in_force(self, written: Collection[str]) -> dict[str, str]:
        """SHA-256 by code, of the clauses that a text with the codes `written` is compared with.

        A clause that is being moved, from here or to here, counts where it is written: one that isn't is not retired.
        """
        clauses = Clause.objects.filter(retired_at=None).filter(
            Q(chapter_key=self.translation_key, moving_to=None)
            | Q(chapter_key=self.translation_key, code__in=written)
            | Q(moving_to=self.translation_key, code__in=written)
        )
        return dict(clauses.values_list("code", "current_version__sha256"))

    def arriving_codes(self) -> set[str]:
        """Codes of other chapters' clauses that are being moved to this one."""
        return set(Clause.objects.filter(moving_to=self.translation_key).values_list("code", flat=True))

    def _is_here(self) -> Q:
        return Q(chapter_key=self.translation_key) | Q(moving_to=self.translation_key)

    def _blank_foreign_codes(self) -> bool:
        """A copy of a chapter starts with blank codes: those of the original stay with the original."""
        texts = [text for text in self.clauses.all() if text.code]
        foreign = self.code_faults(text.code for text in texts)
        for text in texts:
            if text.code in foreign:
                text.code = ""
        return bool(foreign)


def drafted_codes(pages: QuerySet[ChapterPage]) -> set[str]:
    """Codes in the latest drafts of these chapters, published or not."""
    drafts = pages.filter(has_unpublished_changes=True).values_list("latest_revision__content", flat=True)
    return {clause["code"] for draft in drafts if draft for clause in draft.get("clauses", ())} - {""}
