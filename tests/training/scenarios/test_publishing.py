"""From a draft to a version: what publishing a scenario writes, and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.db.models import ProtectedError
from wagtail.models import Locale

from standards.contributions import clause_uses
from standards.models import Clause, ClauseVersion
from tests.factories.people import NOW, UserFactory
from tests.factories.scenarios import CODES, content, make_persona, play, practice_page, publish_scenario
from tests.factories.standards import cite, edit_clause, home_page, publish, publish_chapter
from training.domain.scenario.linting import FaultKind
from training.models import ChoiceCitation, Persona, PracticeIndexPage, ScenarioPage, ScenarioVersion
from training.selectors.scenarios import scenario_clause_uses, story_of_version
from training.services.scenarios import (
    BrokenScenario,
    create_persona,
    create_practice_index,
    create_scenario,
    publish_scenario_version,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)
CONTENT = Path(__file__).parents[3] / "home" / "content" / "en"


def republish(page: ScenarioPage, **changes: object) -> ScenarioPage:
    """Save and publish the page anew with these fields, as the admin would."""
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return ScenarioPage.objects.get(pk=page.pk)


def numbers() -> list[int]:
    return list(ScenarioVersion.objects.order_by("number").values_list("number", flat=True))


def test_create_scenario_publishes_it_with_its_first_version():
    author = UserFactory(role="Editors")

    page = publish_scenario(by=author)

    version = ScenarioVersion.objects.get()
    assert page.live
    assert page.owner == author
    assert (version.scenario_key, version.number, version.best_points) == (page.translation_key, 1, 5)
    assert (version.published_at, version.published_by) == (NOW, author)
    assert version.mastery_score == Decimal("0.70")
    assert story_of_version(version, Locale.get_default()).wording() == page.story.wording()
    assert version.texts.get().locale == page.locale
    assert str(version).endswith(" v1")
    assert str(version.texts.get()).endswith("(en)")


def test_create_scenario_twice_gives_the_page_that_is_there():
    page = publish_scenario()
    again = publish_scenario(title="Another title", now=LATER)
    assert again == page
    assert again.title == "The surprise fee"
    assert numbers() == [1]


def test_create_persona_and_index_twice_give_what_is_there():
    locale = Locale.get_default()
    details = {"locale": locale, "by": None, "now": NOW}
    first = create_persona(name="Mr Lim", face="lim", situation="Looks in.", kind="wandering", **details)
    again = create_persona(name="Mr Lim", face="rizal", situation="Another.", kind="loyal", **details)
    assert (again, again.face, Persona.objects.count()) == (first, "lim", 1)
    index = practice_page()
    assert create_practice_index(parent=home_page(), title="Practice again", by=None, now=LATER) == index
    assert (index.live, PracticeIndexPage.objects.count()) == (True, 1)


def test_version_text_and_citations_say_what_each_choice_cites():
    publish_scenario()
    rows = ChoiceCitation.objects.values_list("scene_key", "choice_key", "clause__code", "points")
    assert list(rows) == [
        ("greeting", "hurry", "REL-1", 0),
        ("greeting", "hurry", "REL-2", 1),
        ("greeting", "listen", "REL-1", 2),
        ("price", "whole-price", "REL-2", 3),
        ("price", "later", "REL-2", 0),
        ("price", "sorry", "RES-1", 2),
        ("gift", "give", "RES-1", 1),
        ("gift", "keep", "RES-1", 0),
    ]
    assert str(ChoiceCitation.objects.first()) == "greeting/hurry: REL-1"


def test_publishing_again_without_a_change_writes_no_version():
    page = publish_scenario()
    republish(page, minutes=9, seo_title="Play it")
    assert numbers() == [1]


@pytest.mark.parametrize(
    "change",
    [{"title": "The fee"}, {"mastery_score": Decimal("0.8")}, {"introduction": "It is Monday."}, {"start_mood": 2}],
)
def test_publishing_a_change_writes_the_next_version(change: dict[str, object]):
    page = publish_scenario()
    republish(page, **change)
    assert numbers() == [1, 2]


def test_publishing_counts_no_version_of_a_draft_an_alias_or_a_translation():
    page = publish_scenario()
    page.title = "Changed"
    page.live = False
    assert publish_scenario_version(page=page, by=None, now=LATER) is None
    page.live = True
    page.alias_of = ScenarioPage.objects.get()
    assert publish_scenario_version(page=page, by=None, now=LATER) is None
    page.alias_of = None
    page.locale = Locale.objects.create(language_code="ms")
    assert publish_scenario_version(page=page, by=None, now=LATER) is None
    assert numbers() == [1]


@pytest.mark.parametrize(
    ("target", "fault"),
    [("nowhere", FaultKind.NO_TARGET), ("price", FaultKind.UNREACHABLE)],
)
def test_broken_scenario_is_refused_and_nothing_is_left(target: str, fault: FaultKind):
    cite(*CODES)
    broken = content()
    broken["scenes"][1]["choices"][2]["target"] = target
    with pytest.raises(BrokenScenario) as refused:
        create_scenario(parent=practice_page(), persona=make_persona(), content=broken, by=None, now=NOW)
    assert fault in {found.kind for found in refused.value.faults}
    assert fault in str(refused.value)
    assert not ScenarioPage.objects.exists()
    assert not ScenarioVersion.objects.exists()


def test_retired_clause_is_refused_for_a_new_version_and_kept_by_the_old():
    chapter = publish_chapter("Reliability", CODES)
    page = publish_scenario()
    draft = chapter.get_latest_revision_as_object()
    draft.clauses = [text for text in draft.clauses.all() if text.code != "RES-1"]
    draft.save_revision()
    publish(chapter, now=LATER)

    with pytest.raises(BrokenScenario) as refused:
        republish(page, title="Changed")

    assert {(found.kind, found.name) for found in refused.value.faults} == {(FaultKind.UNKNOWN_CLAUSE, "RES-1")}
    assert ScenarioPage.objects.get().title == "The surprise fee"
    assert numbers() == [1]


def test_start_left_empty_is_the_scene_that_stands_first():
    page = publish_scenario(start="")
    assert page.story.start == "greeting"


def test_clause_uses_name_each_choice_of_a_live_scenario(django_assert_num_queries):
    page = publish_scenario()
    publish_scenario(slug="another", title="Another")
    fee = Clause.objects.get(code="RES-1")

    with django_assert_num_queries(2):  # pages, citations
        uses = scenario_clause_uses([fee.pk])

    assert [(use.label, use.edit_url) for use in uses][:3] == [
        ("The surprise fee: price → sorry", f"/admin/pages/{page.pk}/edit/"),
        ("The surprise fee: gift → give", f"/admin/pages/{page.pk}/edit/"),
        ("The surprise fee: gift → keep", f"/admin/pages/{page.pk}/edit/"),
    ]
    assert len(uses) == 6
    assert len(clause_uses([fee.pk])[fee.pk]) >= 6


def test_clause_uses_forget_what_the_newest_version_no_longer_cites_and_what_is_taken_down():
    page = publish_scenario()
    other = publish_scenario(slug="another")
    changed = content()
    changed["scenes"][2]["choices"][1]["points"] = {"REL-1": 0}
    draft = page.get_latest_revision_as_object()
    for block, scene in zip(draft.nodes, changed["scenes"], strict=False):
        for choice, said in zip(block.value["choices"], scene["choices"], strict=True):
            choice["points"][0]["clause"] = next(iter(said["points"]))
    draft.save_revision().publish()
    other.unpublish()
    labels = [use.label for use in scenario_clause_uses([Clause.objects.get(code="RES-1").pk])]
    assert labels == ["The surprise fee: price → sorry", "The surprise fee: gift → give"]


def test_cited_clause_and_played_scenario_are_protected():
    page = publish_scenario()
    play(UserFactory(), page)
    with pytest.raises(ProtectedError):
        Clause.objects.filter(code="REL-1").delete()
    with pytest.raises(ProtectedError):
        page.delete()


def test_permission_to_delete_ends_with_the_first_run():
    editor = UserFactory(is_superuser=True)
    page = publish_scenario()
    index = PracticeIndexPage.objects.get()
    assert page.permissions_for_user(editor).can_delete()
    assert index.permissions_for_user(editor).can_delete()
    play(UserFactory(), page)
    assert not page.permissions_for_user(editor).can_delete()
    assert not index.permissions_for_user(editor).can_delete()
    assert page.permissions_for_user(editor).can_unpublish()


def test_evidence_of_a_clause_changed_during_a_run_is_the_version_in_force_at_each_choice():
    chapter = publish_chapter("Reliability", CODES)
    page = publish_scenario()
    learner = UserFactory()
    run = play(learner, page, ["listen"])
    edit_clause(chapter, "REL-1", reason="Eleven complaints since June.", kind="substantive", statement="Never late.")
    edit_clause(chapter, "REL-2", reason="Eleven complaints since June.", kind="substantive", statement="Whole price.")
    publish(chapter, now=LATER)

    play(learner, page, ["listen", "whole-price"])

    frozen = [str(row.clause_version) for step in run.steps.all() for row in step.clauses.all()]
    assert frozen == ["REL-1 v1", "REL-2 v2"]
    assert ClauseVersion.objects.filter(clause__code="REL-1").count() == 2


@pytest.mark.parametrize("path", sorted((CONTENT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_scenario_can_be_published(path: Path):
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    codes = sorted({code for scene in told["scenes"] for choice in scene["choices"] for code in choice["points"]})
    cite(*codes)
    page = create_scenario(parent=practice_page(), persona=make_persona(), content=told, by=None, now=NOW)
    assert page.live
    assert ScenarioVersion.objects.get().best_points > 20
