"""Writing scenarios in the admin: drafts always save, broken ones don't go live, each fault stands at its field."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.factories.people import UserFactory
from tests.factories.scenarios import (
    CODES,
    content,
    make_persona,
    play,
    practice_page,
    pressing_content,
    publish_scenario,
)
from tests.factories.standards import cite
from training.models import Persona, ScenarioPage, ScenarioVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = UserFactory(role="Editors")
    client.force_login(user)
    return user


def posted(told: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The edit form filled with this content."""
    scenes = [("scene", scene_data(scene)) for scene in told["scenes"]]
    endings = [("ending", ending) for ending in told["endings"]]
    plain = {
        name: told[name]
        for name in ("title", "slug", "minutes", "mastery_score", "introduction", "start", "start_mood")
    }
    plain["mode"] = told.get("mode", "assessment")
    data = {**plain, "persona": make_persona().pk, "seo_title": "", "nodes": streamfield([*scenes, *endings]), **fields}
    form = nested_form_data(data)
    for node, scene in enumerate(told["scenes"]):
        for place, choice in enumerate(scene["choices"]):
            form[f"nodes-{node}-value-choices-{place}-value-pitfalls"] = choice.get("pitfalls", [])
    return form


def scene_data(scene: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": scene["key"],
        "lines": listed(scene["lines"]),
        "choices": listed(map(choice_data, scene["choices"])),
        "seconds": scene.get("seconds", ""),
        "late": scene.get("late", ""),
    }


def choice_data(choice: dict[str, Any]) -> dict[str, Any]:
    points = [{"clause": code, "points": points} for code, points in choice["points"].items()]
    conditions = [{"kind": kind, "of": of} for entry in choice.get("if", ()) for kind, of in entry.items()]
    plain = {name: choice[name] for name in ("key", "text", "target", "feedback")}
    critical = {"is_critical": "on"} if choice.get("critical") else {}
    mood = choice.get("mood_change", 0)
    return {"mood_change": mood, **plain, **critical, "points": listed(points), "conditions": listed(conditions)}


def listed(items: Any) -> dict[str, Any]:
    """As wagtail.test.utils.form_data.streamfield, for a ListBlock."""
    rows = list(items)
    data: dict[str, Any] = {
        str(place): {"deleted": "", "order": str(place), "type": "item", "value": row} for place, row in enumerate(rows)
    }
    return {**data, "count": str(len(rows))}


def edit(client, page: ScenarioPage, told: dict[str, Any], *, publish: bool, **fields: Any):
    action = {"action-publish": "1"} if publish else {}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), posted(told, **action, **fields))


def errors_at(response, *path: str | int) -> list[str]:
    """The messages at a field of the nodes, given as (node, "choices", choice, field)."""
    found = response.context["form"].errors["nodes"].as_data()[0]
    for step in path:
        found = found.block_errors[step]
    return found.messages


def test_edit_page_opens_with_the_clauses_to_pick(client, editor):
    page = publish_scenario()
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    assert "REL-1 Title of REL-1" in answer.content.decode()


def test_sound_scenario_is_published_as_posted(client, editor):
    page = publish_scenario()
    answer = edit(client, page, content(title="The fee"), publish=True)
    assert answer.status_code == 302
    version = ScenarioVersion.objects.get(number=2)
    assert version.published_by == editor
    assert ScenarioPage.objects.get().title == "The fee"
    assert version.graph == ScenarioVersion.objects.get(number=1).graph


def test_broken_scenario_is_saved_as_a_draft(client, editor):
    page = publish_scenario()
    answer = edit(client, page, content(scenes=[], endings=[]), publish=False)
    assert answer.status_code == 302
    page.refresh_from_db()
    assert (page.live, page.has_unpublished_changes) == (True, True)
    assert ScenarioVersion.objects.count() == 1


def test_empty_draft_is_saved_and_not_published(client, editor):
    index = practice_page()
    address = reverse("wagtailadmin_pages:add", args=["training", "scenariopage", index.pk])
    bare = content(scenes=[], endings=[], introduction="", start="", slug="bare")
    answer = client.post(address, posted(bare, persona="", **{"action-publish": "1"}))
    assert {"persona", "introduction", "nodes"} <= set(answer.context["form"].errors)
    assert not ScenarioPage.objects.exists()
    assert client.post(address, posted(bare, persona="")).status_code == 302
    assert not ScenarioPage.objects.get().live


def test_dangling_target_and_loop_without_a_way_out_are_shown_at_their_places(client, editor):
    page = publish_scenario()
    broken = content()
    broken["scenes"][0]["choices"][0]["target"] = "nowhere"
    for choice in broken["scenes"][2]["choices"]:
        choice["target"] = "gift"

    answer = edit(client, page, broken, publish=True)

    assert answer.status_code == 200
    assert errors_at(answer, 0, "choices", 0, "target") == ["There is no scene or ending “nowhere”."]
    assert errors_at(answer, 2, "key") == ["Whoever gets here goes round and round and comes to no ending: gift."]
    assert ScenarioVersion.objects.count() == 1
    assert "There is no scene or ending" in answer.content.decode()


def test_missing_start_is_shown_above_the_scenes(client, editor):
    page = publish_scenario()
    answer = edit(client, page, content(start="nowhere"), publish=True)
    found = answer.context["form"].errors["nodes"].as_data()[0].non_block_errors
    assert list(found) == [
        "There is no scene to start with: give a scene the key “nowhere”, or name another first scene."
    ]


def test_scene_without_choices_or_lines_and_choice_without_clause_are_shown(client, editor):
    page = publish_scenario()
    broken = content()
    broken["scenes"][0]["lines"] = []
    broken["scenes"][2]["choices"] = []
    broken["scenes"][1]["choices"][0]["points"] = {}
    answer = edit(client, page, broken, publish=True)
    assert errors_at(answer, 0, "lines") == ["Nothing appears in this scene. Add a line."]
    assert errors_at(answer, 2, "choices") == ["The story stops here. Add a choice."]
    assert errors_at(answer, 1, "choices", 0, "points") == ["Say which clause this choice is about."]


def test_clause_not_in_force_is_shown_at_its_choice(client, editor):
    page = publish_scenario()
    broken = content()
    broken["scenes"][0]["choices"][1]["points"] = {"OLD-1": 2}
    answer = edit(client, page, broken, publish=True)
    assert errors_at(answer, 0, "choices", 1, "points") == ["No clause OLD-1 is in force."]


def test_key_of_capitals_is_refused_by_its_field(client, editor):
    page = publish_scenario()
    broken = content()
    broken["scenes"][0]["key"] = "The Greeting"
    answer = edit(client, page, broken, publish=True)
    assert answer.status_code == 200
    assert "A key is made of small letters, digits and hyphens" in str(errors_at(answer, 0, "key"))


def test_copy_cites_the_same_clauses_and_counts_versions_of_its_own(editor):
    page = publish_scenario()
    copied = page.copy(update_attrs={"slug": "copied", "title": "A copy"}, user=UserFactory(is_superuser=True))
    copied.save_revision().publish()
    versions = ScenarioVersion.objects.order_by("pk")
    assert [version.number for version in versions] == [1, 1]
    assert versions[0].graph == versions[1].graph


def test_preview_is_an_outline_of_the_draft(client, editor):
    page = publish_scenario()
    response = page.make_preview_request()
    outline = response.content.decode()
    for words in (
        "I was told it takes five minutes.",
        "Canary: you kept a promise.",
        "whole-price",
        "Canary: she stays",
    ):
        assert words in outline or words == "whole-price"
    assert "The story starts here" in outline
    assert 'href="#stays"' in outline


def test_preview_of_an_empty_draft_says_what_to_do(editor):
    page = ScenarioPage(title="New", slug="new")
    assert "Nothing is written yet" in page.make_preview_request().content.decode()


def test_scenarios_and_personas_stand_in_the_menu(client, editor):
    cite(*CODES)
    page = publish_scenario()
    play(UserFactory(), page)
    listing = client.get(reverse("scenarios:index")).content.decode()
    assert "The surprise fee" in listing
    assert "Puan Salmah" in listing
    personas = client.get(reverse(Persona.snippet_viewset.get_url_name("list"))).content.decode()
    assert "Puan Salmah" in personas


def test_persona_in_use_is_not_deleted(indexing, client, editor):
    publish_scenario()
    persona = Persona.objects.get()
    client.post(reverse(Persona.snippet_viewset.get_url_name("delete"), args=[persona.pk]))
    assert Persona.objects.exists()


def test_nodes_are_in_no_index():
    searched = {field.field_name for field in ScenarioPage.get_search_fields()}
    assert "nodes" not in searched
    assert "introduction" not in searched
    block = ScenarioPage._meta.get_field("nodes").stream_block
    page = publish_scenario()
    assert block.get_searchable_content(page.nodes) == []


def test_the_address_of_five_a_day_is_taken(client, editor):
    page = publish_scenario()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    shown = client.post(edit, posted(content(slug="five"))).content.decode()

    assert "This address is taken by five a day" in shown


def test_all_the_rules_go_through_the_form_into_the_version(client, editor):
    page = publish_scenario(**pressing_content(mode="practice"))
    answer = edit(client, page, pressing_content(mode="practice", title="The fee"), publish=True)
    assert answer.status_code == 302
    first, second = ScenarioVersion.objects.order_by("number")
    assert second.graph == first.graph
    greeting, price, gift = second.graph["scenes"]
    assert (second.mode, greeting["seconds"], greeting["late"]) == ("practice", 90, "hurry")
    assert price["choices"][1]["critical"]
    assert gift["choices"][0]["if"] == [{"mood_at_least": 3}, {"chosen": "greeting/listen"}]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"mood_at_least": "good"}, "Write a whole number."),
        ({"points_at_most": "2.5"}, "Write a whole number."),
        ({"visited": "greeting/listen"}, "Write the key of a scene."),
        ({"not_chosen": "greeting"}, "Write the keys of a scene and of a choice in it, such as greeting/ask-first."),
    ],
)
def test_condition_that_says_nothing_is_shown_at_its_field(client, editor, condition, said):
    page = publish_scenario()
    told = content()
    told["scenes"][2]["choices"][0]["if"] = [condition]
    answer = edit(client, page, told, publish=True)
    assert errors_at(answer, 2, "choices", 0, "conditions", 0, "of") == [said]
    assert ScenarioVersion.objects.count() == 1


def test_draft_may_leave_a_condition_open(client, editor):
    page = publish_scenario()
    told = content()
    told["scenes"][2]["choices"][0]["if"] = [{"": "greeting"}, {"visited": ""}, {"visited": "greeting"}]
    assert edit(client, page, told, publish=False).status_code == 302
    draft = ScenarioPage.objects.get().get_latest_revision_as_object()
    assert [condition.as_entry() for condition in draft.story.scene("gift").choices[0].conditions] == [
        {"visited": "greeting"}
    ]
