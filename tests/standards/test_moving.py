"""A clause goes to another chapter: its drafts, and what is in force whichever chapter is published first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Locale, Workflow, WorkflowTask

from people.models import User
from standards.models import ChapterPage, Clause, ClauseVersion, Edition
from standards.selectors.chapters import codes_in_use_unscoped
from standards.selectors.clauses import clauses_in_force
from standards.selectors.impact import impact_for_editor
from standards.selectors.reading import unsigned_clauses_for_learner
from standards.services import CodeTaken, NotMovable, move_clause, publish_chapters
from standards.services import moving as moving_service
from tests.factories.editing import clause_row, save_chapter
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import clause_text, edit_clause, make_chapter, publish, publish_chapter, sign

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)


@pytest.fixture
def editor() -> User:
    return UserFactory(role="Editors")


@pytest.fixture
def source(db) -> ChapterPage:
    return publish_chapter()


@pytest.fixture
def target(source) -> ChapterPage:
    return publish_chapter("Timeliness", ("TIM-1",))


def move(source: ChapterPage, target: ChapterPage, code: str = "REL-1", by: User | None = None) -> None:
    move_clause(code=code, from_chapter=source, to_chapter=target, by=by, now=LATER)


def written(page: ChapterPage) -> list[str]:
    return [text.code for text in ChapterPage.objects.get(pk=page.pk).get_latest_revision_as_object().clauses.all()]


def in_force(page: ChapterPage) -> list[str]:
    return [clause.code for clause in clauses_in_force(page.translation_key, Locale.get_default())]


def latest_edition() -> list[tuple[str, str, int]]:
    entries = Edition.objects.latest().clauses.all()
    return [(entry.chapter_title, str(entry.version), entry.position) for entry in entries]


def test_a_move_changes_both_drafts_and_nothing_in_force(source, target, editor):
    edit_clause(source, "REL-1", why="Written, not published.", kind="editorial")

    move(source, target, by=editor)

    assert (written(source), written(target)) == (["REL-2"], ["TIM-1", "REL-1"])
    assert (in_force(source), in_force(target)) == (["REL-1", "REL-2"], ["TIM-1"])
    draft = ChapterPage.objects.get(pk=target.pk).get_latest_revision_as_object()
    moved = draft.clauses.get(code="REL-1")
    assert (moved.why, moved.change_kind, moved.pitfalls) == ("Written, not published.", "editorial", ["brush_off"])
    assert ChapterPage.objects.get(pk=target.pk).get_latest_revision().user == editor
    assert Edition.objects.count() == 2


def test_the_clause_is_there_once_its_new_chapter_is_published(source, target):
    move(source, target)
    publish(target, now=LATER)

    assert (in_force(source), in_force(target)) == (["REL-2"], ["TIM-1", "REL-1"])
    assert latest_edition() == [
        ("Reliability", "REL-2 v1", 1),
        ("Timeliness", "TIM-1 v1", 1),
        ("Timeliness", "REL-1 v1", 2),
    ]

    publish(source, now=LATER)

    assert (in_force(source), in_force(target)) == (["REL-2"], ["TIM-1", "REL-1"])
    assert (Edition.objects.count(), Clause.objects.exclude(retired_at=None).count()) == (3, 0)


def test_publishing_the_chapter_that_it_leaves_first_retires_nothing(source, target):
    move(source, target)
    publish(source, now=LATER)

    assert (in_force(source), in_force(target)) == (["REL-2", "REL-1"], ["TIM-1"])
    assert (Edition.objects.count(), Clause.objects.get(code="REL-1").retired_at) == (2, None)

    publish(target, now=LATER)

    assert (in_force(source), in_force(target)) == (["REL-2"], ["TIM-1", "REL-1"])
    assert Edition.objects.count() == 3


@pytest.mark.parametrize("first", ["source", "target"])
def test_both_published_together_are_one_edition(source, target, first):
    move(source, target)
    pages = [source, target] if first == "source" else [target, source]

    edition = publish_chapters(pages=pages, by=None, now=LATER)

    assert edition.number == Edition.objects.count() == 3
    assert [version for _, version, _ in latest_edition()] == ["REL-2 v1", "TIM-1 v1", "REL-1 v1"]


def test_a_move_makes_a_version_only_of_changed_words(source, target):
    move(source, target)
    publish(
        edit_clause(
            ChapterPage.objects.get(pk=target.pk), "REL-1", reason="Clearer here.", kind="editorial", why="New."
        ),
        now=LATER,
    )

    version = Clause.objects.get(code="REL-1").current_version
    assert (version.number, version.substantive_number, version.reason) == (2, 1, "Clearer here.")
    assert ClauseVersion.objects.count() == 4


def test_nobody_signs_again_what_only_moved(source, target):
    learner = UserFactory()
    sign(learner, source), sign(learner, target)

    move(source, target)
    publish(target, now=LATER)

    for page in (source, target):
        assert unsigned_clauses_for_learner(learner, page.translation_key) == []


def test_who_had_not_signed_it_signs_it_in_its_new_chapter_in_a_later_edition(source, target):
    learner = UserFactory()
    sign(learner, target)
    move(source, target)
    publish(target, now=LATER)

    second = sign(learner, target, now=LATER)

    assert [str(entry.version) for entry in second.clauses.all()] == ["REL-1 v1"]
    assert second.edition.number == 3


def test_minutes_of_the_chapter_that_it_left_are_counted_anew(target):
    long = publish_chapter("Long", ("LON-1", "LON-2"), body=[])
    publish(edit_clause(long, "LON-1", why="word " * 1000), now=LATER)
    before = ChapterPage.objects.get(pk=long.pk).minutes

    move(long, target, "LON-1")
    publish(target, now=LATER)

    assert (before, ChapterPage.objects.get(pk=long.pk).minutes) == (5, 1)


def test_a_clause_moved_back_has_not_been_away(source, target):
    move(source, target)
    move(target, source)

    assert (written(source), written(target)) == (["REL-2", "REL-1"], ["TIM-1"])
    assert Clause.objects.get(code="REL-1").moving_to is None
    assert publish_chapters(pages=[source, target], by=None, now=LATER) is None


def test_an_older_draft_that_still_has_the_clause_keeps_it_where_it_was(source, target):
    older = edit_clause(source, "REL-1", kind="editorial", why="Older words.").get_latest_revision()
    move(source, target)

    older.publish()
    assert (in_force(source), Clause.objects.get(code="REL-1").current_version.number) == (["REL-1", "REL-2"], 2)

    publish(target, now=LATER)
    assert in_force(target) == ["TIM-1", "REL-1"]
    with pytest.raises(CodeTaken, match="REL-1"):
        older.publish()


def test_a_draft_that_lost_the_clause_on_its_way_retires_nothing(source, target):
    before = target.get_latest_revision()
    move(source, target)
    before.publish()
    before.as_object().save_revision()
    publish_chapters(pages=[source, target], by=None, now=LATER)

    assert in_force(source) == ["REL-2", "REL-1"]

    move(target, source)
    assert (written(source), Clause.objects.get(code="REL-1").moving_to) == (["REL-2", "REL-1"], None)
    assert publish_chapters(pages=[source], by=None, now=LATER) is None


def test_a_clause_that_was_never_published_moves_too(source, target):
    draft = source.get_latest_revision_as_object()
    draft.clauses = [*draft.clauses.all(), clause_text("REL-9")]
    draft.save_revision()

    move(source, target, "REL-9")

    assert (written(source), written(target)) == (["REL-1", "REL-2"], ["TIM-1", "REL-9"])
    assert codes_in_use_unscoped() == {"REL-1", "REL-2", "REL-9", "TIM-1"}


@pytest.mark.parametrize("code", ["REL-2", "REL-8", "TIM-1"])
def test_what_is_not_written_in_the_chapter_cannot_be_moved_from_it(source, target, code):
    draft = source.get_latest_revision_as_object()
    draft.clauses = [text for text in draft.clauses.all() if text.code != "REL-2"]
    draft.save_revision()
    publish(source)

    with pytest.raises(NotMovable, match=f"{code} isn't written in this chapter"):
        move(source, target, code)


def test_a_clause_does_not_move_to_its_own_chapter_or_to_an_alias(source, target):
    alias = target.create_alias(update_slug="alias")

    for page in (source, alias):
        with pytest.raises(NotMovable, match="another chapter of the document"):
            move(source, page)


@pytest.mark.parametrize("closed", ["source", "target"])
def test_a_chapter_that_somebody_locked_is_left_alone(source, target, editor, closed):
    pages = {"source": source, "target": target}
    ChapterPage.objects.filter(pk=pages[closed].pk).update(locked=True, locked_by=UserFactory(role="Editors"))

    with pytest.raises(NotMovable, match="is locked"):
        move(source, target, by=editor)


def test_the_one_who_locked_it_may_move(source, target, editor):
    ChapterPage.objects.filter(pk=source.pk).update(locked=True, locked_by=editor)

    move(source, target, by=editor)

    assert written(target) == ["TIM-1", "REL-1"]


def test_a_chapter_that_is_being_approved_is_left_alone(source, target, editor, settings):
    settings.WAGTAIL_WORKFLOW_ENABLED = True
    page = edit_clause(source, "REL-2", why="New.", by=editor)
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Approve"))
    workflow.start(page, editor)

    with pytest.raises(NotMovable, match="being approved"):
        move(source, target, by=editor)


def test_a_chapter_that_clauses_go_to_or_stood_in_is_kept(source, editor):
    superuser = UserFactory(is_superuser=True)
    empty = make_chapter("Later", ())
    move(source, empty), move(source, empty, "REL-2")
    assert not empty.permissions_for_user(superuser).can_delete()

    publish_chapters(pages=[source, empty], by=None, now=LATER)
    assert not source.permissions_for_user(superuser).can_delete()


def test_the_impact_tells_of_the_move_and_asks_nobody(source, target, editor):
    move(source, target)

    _, impact = impact_for_editor(editor, target.pk)
    assert [(clause.code, clause.type, clause.asks_people) for clause in impact.clauses] == [("REL-1", "moved", False)]
    _, impact = impact_for_editor(editor, source.pk)
    assert impact.clauses == []


def test_the_list_of_editions_says_what_moved(client, source, target):
    move(source, target)
    publish(target, now=LATER)
    client.force_login(UserFactory())

    rows = client.get(reverse("editions")).context["rows"]

    assert [line.code for line in rows[0].moved] == ["REL-1"]


def test_an_editor_moves_a_clause_in_the_admin(client, source, target, editor):
    client.force_login(editor)
    address = reverse("chapter_move", args=[source.pk])
    assert [code for code, _ in client.get(address).context["form"].fields["clause"].choices] == ["REL-1", "REL-2"]

    response = client.post(address, {"clause": "REL-1", "chapter": target.pk})

    assert response.url == reverse("wagtailadmin_pages:edit", args=[target.pk])
    assert (written(source), written(target)) == (["REL-2"], ["TIM-1", "REL-1"])
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "REL-1 is in the draft of “Timeliness” now. Publish that chapter, then “Reliability”."
    ]


def test_the_admin_says_why_a_clause_cannot_be_moved(client, source, target, editor):
    ChapterPage.objects.filter(pk=target.pk).update(locked=True, locked_by=UserFactory(role="Editors"))
    client.force_login(editor)

    response = client.post(reverse("chapter_move", args=[source.pk]), {"clause": "REL-1", "chapter": target.pk})

    assert response.status_code == 422
    assert "“Timeliness” is locked" in response.content.decode()
    assert written(source) == ["REL-1", "REL-2"]


def test_there_may_be_nothing_to_move_or_nowhere_to_move_it(client, source, editor):
    client.force_login(editor)
    assert "no other chapter" in client.get(reverse("chapter_move", args=[source.pk])).content.decode()

    empty = make_chapter("Later", ())
    assert "no clause with a code" in client.get(reverse("chapter_move", args=[empty.pk])).content.decode()


def test_the_form_of_either_chapter_keeps_a_clause_on_its_way_where_it_is_written(client, source, target, editor):
    client.force_login(editor)
    old_rows = {page.pk: [clause_row(text) for text in page.clauses.all()] for page in (source, target)}
    move(source, target)
    source, target = ChapterPage.objects.get(pk=source.pk), ChapterPage.objects.get(pk=target.pk)

    kept = save_chapter(client, source, [{**row, "id": ""} for row in old_rows[source.pk]])
    lost = save_chapter(client, target, old_rows[target.pk][:1])

    assert "is being moved to another chapter" in str(kept.context["form"].formsets["clauses"].errors)
    assert "REL-1 is being moved to this chapter" in str(lost.context["form"].non_field_errors())
    assert (written(source), written(target)) == (["REL-2"], ["TIM-1", "REL-1"])


def test_a_clause_that_only_moves_is_published_by_the_form_without_a_reason(client, source, target, editor):
    client.force_login(editor)
    move(source, target)
    target = ChapterPage.objects.get(pk=target.pk)
    rows = [clause_row(text) for text in target.get_latest_revision_as_object().clauses.all()]

    same = save_chapter(client, target, rows, publish=True)
    assert (same.status_code, in_force(target)) == (302, ["TIM-1", "REL-1"])


def test_a_changed_clause_on_its_way_needs_its_kind(client, source, target, editor):
    client.force_login(editor)
    move(source, target)
    target = ChapterPage.objects.get(pk=target.pk)
    first, second = (clause_row(text) for text in target.get_latest_revision_as_object().clauses.all())

    refused = save_chapter(client, target, [first, {**second, "why": "Changed on its way."}], publish=True)

    assert set(refused.context["form"].errors) == {"change_reason"}
    assert in_force(source) == ["REL-1", "REL-2"]


def test_its_code_is_not_changed_on_its_way(client, source, target, editor):
    client.force_login(editor)
    move(source, target)
    target = ChapterPage.objects.get(pk=target.pk)
    first, second = (clause_row(text) for text in target.get_latest_revision_as_object().clauses.all())

    refused = save_chapter(client, target, [first, {**second, "code": "REL-7"}])

    assert "REL-1 is being moved to this chapter" in str(refused.context["form"].non_field_errors())


def moving(source: ChapterPage, target: ChapterPage):
    return lambda: move(source, target)


@pytest.mark.race
def test_a_clause_moved_to_two_chapters_at_once_goes_to_one(at_once, source, target):
    third = make_chapter("Third", ())

    came_of_it = at_once(moving(source, target), moving(source, third))

    assert sorted(type(outcome).__name__ for outcome in came_of_it) == ["NoneType", "NotMovable"]
    assert [written(target)[1:], written(third)].count(["REL-1"]) == 1


@pytest.mark.race
def test_control_without_the_lock_it_goes_to_both(at_once, meet, unlocked, source, target):
    third = make_chapter("Third", ())
    meet(moving_service, "_copied")

    at_once(moving(source, target), moving(source, third))

    assert [written(target)[1:], written(third)].count(["REL-1"]) == 2
