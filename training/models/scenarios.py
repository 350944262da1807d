"""Role-plays as editors write them, and their immutable versions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Locale, PagePermissionTester

from core.models import BasePage, Fact, VersionText
from standards.enums import Pitfall
from standards.models import Clause
from training.admin_forms.scenarios import ScenarioPageForm
from training.blocks import KEY_LENGTH
from training.blocks.scenarios import NodesBlock, nodes_of
from training.domain.scenario.graph import Character, Scene, Story
from training.enums import EndingKind, Mood, PlayMode
from training.models.personas import Persona
from training.panels import FindingsPanel
from training.querysets import ScenarioVersionQuerySet
from training.validators import validate_key

PREVIEW_MODES = [("", _("All scenes")), ("map", _("Map")), ("play", _("Play"))]
PREVIEWS = {"map": "training/scenario_map.html", "play": "training/scenario_rehearsal.html"}


class PlayedPermissionTester(PagePermissionTester):
    """Evidence rests on a scenario that was played: it can be unpublished, not deleted, and neither can what holds it."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and not self._has_been_played()

    def _has_been_played(self) -> bool:
        return ScenarioPage.objects.descendant_of(self.page, inclusive=True).exclude(playthroughs=None).exists()


class PracticeIndexPage(BasePage):
    """Where the scenarios stand. Learners see the practice view instead."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["training.ScenarioPage"]

    class Meta:
        verbose_name = _("role-plays")

    def get_learner_url(self) -> str:
        return reverse("practice")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return PlayedPermissionTester(user, self)


class ScenarioPage(BasePage):
    persona = models.ForeignKey(
        Persona, verbose_name=_("persona"), null=True, on_delete=models.PROTECT, related_name="scenarios"
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("What one run takes."),
    )
    mastery_score = models.DecimalField(
        _("mastery score"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.70"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
        help_text=_("The share of the best points that passes, from 0 to 1."),
    )
    mode = models.CharField(
        _("what came of a choice is told"), max_length=20, choices=PlayMode.choices, default=PlayMode.ASSESSMENT
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=1000,
        help_text=_("Two or three sentences: who the learner is, where, and what is behind them."),
    )
    start_mood = models.PositiveSmallIntegerField(_("mood at the start"), choices=Mood.choices, default=Mood.UNSURE)
    start = models.CharField(
        _("first scene"),
        max_length=KEY_LENGTH,
        blank=True,
        validators=[validate_key],
        help_text=_("The key of a scene. Left empty: the scene that stands first."),
    )
    nodes = StreamField(NodesBlock(), verbose_name=_("scenes and endings"), blank=True)

    parent_page_types = ["training.PracticeIndexPage"]
    subpage_types: list[str] = []
    base_form_class = ScenarioPageForm

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title"),
                    FieldRowPanel([FieldPanel("persona"), FieldPanel("start_mood")]),
                    FieldPanel("introduction"),
                    FindingsPanel(heading=_("What the check says"), icon="clipboard-list"),
                    FieldPanel("nodes"),
                ],
                heading=_("Story"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("minutes"), FieldPanel("mastery_score")]),
                    FieldPanel("mode"),
                    FieldPanel("start"),
                    MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title")], _("Address")),
                ],
                heading=_("Rules and address"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("scenario")

    def get_learner_url(self) -> str:
        return reverse("scenario", args=[self.slug])

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return PlayedPermissionTester(user, self)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return PREVIEW_MODES

    def make_preview_request(
        self,
        original_request: Any = None,
        preview_mode: str | None = None,
        extra_request_attrs: Mapping[str, Any] | None = None,
    ) -> Any:
        """With the choices that somebody who plays the draft has taken: Wagtail's request for a preview has no query of its own."""
        taken = original_request.GET.getlist("taken") if original_request else []
        return super().make_preview_request(
            original_request, preview_mode, {**(extra_request_attrs or {}), "taken": taken}
        )

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return PREVIEWS.get(mode_name, "training/scenario_preview.html")

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        context = super().get_preview_context(request, mode_name)
        mood = Mood(self.start_mood or Mood.UNSURE)
        words = {"endings": dict(EndingKind.choices), "pitfalls": dict(Pitfall.choices)}
        return {**context, **words, "story": self.story, "mood": mood}

    def is_source(self) -> bool:
        """Whether versions are counted on this page: not on an alias or a translation."""
        return self.alias_of_id is None and self.locale_id == Locale.get_default().pk

    @property
    def story(self) -> Story:
        """What is written now, sound or not."""
        return self.story_with(self.nodes, self.start)

    def story_with(self, stream: Any, start: str) -> Story:
        """The story that the page would be with these scenes and endings, and this key of the first scene."""
        nodes = nodes_of(stream)
        return Story(
            title=self.title,
            introduction=self.introduction,
            persona=self.persona.character if self.persona else Character("", ""),
            start=start or next((node.key for node in nodes if isinstance(node, Scene)), ""),
            start_mood=self.start_mood or Mood.UNSURE,
            nodes=nodes,
        )


class ScenarioVersion(Fact):
    """A scenario as published: its rules and its graph. What is said in it stands in its texts, one for each language."""

    scenario_key = models.UUIDField()
    number = models.PositiveIntegerField()
    graph = models.JSONField()
    mastery_score = models.DecimalField(max_digits=3, decimal_places=2)
    mode = models.CharField(max_length=20, choices=PlayMode.choices, default=PlayMode.ASSESSMENT)
    best_points = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ScenarioVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario version")
        ordering = ["scenario_key", "number"]
        constraints = [
            models.UniqueConstraint(fields=["scenario_key", "number"], name="training_scenarioversion_number_unique"),
            models.CheckConstraint(condition=models.Q(best_points__gt=0), name="training_scenarioversion_has_points"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_key} v{self.number}"


class ScenarioVersionText(VersionText):
    """The words of a scenario's version."""

    version = models.ForeignKey(ScenarioVersion, on_delete=models.PROTECT, related_name="texts")


class ChoiceCitation(Fact):
    """A choice of a version cites a clause. The graph says the same; rows answer for many clauses at once."""

    version = models.ForeignKey(ScenarioVersion, on_delete=models.PROTECT, related_name="citations")
    scene_key = models.CharField(max_length=KEY_LENGTH)
    choice_key = models.CharField(max_length=KEY_LENGTH)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="+")
    points = models.SmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "scene_key", "choice_key", "clause"], name="training_choicecitation_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scene_key}/{self.choice_key}: {self.clause}"
