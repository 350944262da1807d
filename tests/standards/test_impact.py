"""What publishing a draft would touch, before it is published."""

from __future__ import annotations

import pytest
from django.urls import reverse

from standards.domain.clauses import ChangeType
from standards.models import ChapterPage, Edition
from standards.selectors.impact import Impact, impact_of
from tests.factories.people import UserFactory
from tests.factories.quizzes import publish_question
from tests.factories.standards import clause_text, edit_clause, make_chapter, publish_chapter, sign
from tests.pages import signed_in, text

pytestmark = pytest.mark.django_db
BETTER = {"statement": "We do what REL-1 says, at once.", "reason": "Eleven complaints."}


def impact(page: ChapterPage) -> Impact:
    return impact_of(page.get_latest_revision_as_object())


def test_a_draft_without_changes_touches_nothing():
    found = impact(publish_chapter())

    assert (found.clauses, found.minutes, found.people, found.hours) == ([], 0, 0, 0)


def test_a_substantive_change_asks_everybody_and_says_what_rests_on_the_clause():
    page = publish_chapter(codes=("REL-1", "REL-2"))
    publish_question(codes=("REL-1",))
    for _ in range(2):
        sign(UserFactory(), page)
    UserFactory(is_active=False)

    found = impact(edit_clause(page, "REL-1", kind="substantive", **BETTER))

    (clause,) = found.clauses
    assert (clause.code, clause.type, clause.kind, clause.asks_people) == (
        "REL-1",
        ChangeType.CHANGED,
        "substantive",
        True,
    )
    assert [part.name for part in clause.differences] == ["statement"]
    assert [str(use.kind) for use in clause.uses] == ["Question"]
    assert [(str(count.label), count.count) for count in clause.counts] == [("People who signed it as it stands", 2)]
    assert (found.minutes, found.people, found.hours) == (1, 2, 1)


def test_who_has_left_is_not_counted():
    page = publish_chapter(codes=("REL-1",))
    left = UserFactory()
    sign(left, page)
    left.is_active = False
    left.save()

    assert impact(edit_clause(page, "REL-1", kind="substantive", **BETTER)).clauses[0].counts == []


def test_an_editorial_change_asks_nobody():
    page = publish_chapter(codes=("REL-1",))

    found = impact(edit_clause(page, "REL-1", kind="editorial", **BETTER))

    assert not found.clauses[0].asks_people
    assert (found.minutes, found.people) == (0, 0)


def test_new_and_retired_clauses_are_told():
    page = publish_chapter(codes=("REL-1", "REL-2"))
    draft = page.get_latest_revision_as_object()
    draft.clauses = [*[clause for clause in draft.clauses.all() if clause.code == "REL-1"], clause_text("REL-3")]
    draft.save_revision()

    found = impact(ChapterPage.objects.get(pk=page.pk))

    assert [(clause.code, clause.type, clause.asks_people) for clause in found.clauses] == [
        ("REL-3", ChangeType.ADDED, True),
        ("REL-2", ChangeType.RETIRED, False),
    ]
    assert found.clauses[1].title == "Title of REL-2"


def test_a_chapter_that_was_never_published_is_new_altogether():
    found = impact(make_chapter(codes=("REL-1", "REL-2")))

    assert [clause.type for clause in found.clauses] == [ChangeType.ADDED] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_a_fixed_number_of_queries(django_assert_num_queries, count):
    page = publish_chapter(codes=tuple(f"REL-{number}" for number in range(1, count + 1)))
    draft = page.get_latest_revision_as_object()
    texts = list(draft.clauses.all())
    for clause in texts:
        clause.statement, clause.change_kind = "We do it at once.", "substantive"
    draft.clauses = texts
    for _ in range(count):
        sign(UserFactory(), page)

    with django_assert_num_queries(12):
        assert len(impact_of(draft).clauses) == count


class TestPage:
    def test_it_shows_the_difference_and_publishes_nothing(self):
        page = publish_chapter(codes=("REL-1",))
        edit_clause(page, "REL-1", kind="substantive", **BETTER)

        shown = text(signed_in(UserFactory(role="Editors")).get(reverse("chapter_impact", args=[page.pk])))

        assert "We do what REL-1 says<ins>, at once</ins>." in shown
        assert "Substantive change: who signed it is asked again." in shown
        assert Edition.objects.count() == 1

    def test_a_draft_that_changes_no_clause_says_so(self):
        page = publish_chapter()

        shown = text(signed_in(UserFactory(role="Approvers")).get(reverse("chapter_impact", args=[page.pk])))

        assert "The latest draft changes no clause." in shown

    def test_the_editor_and_the_list_of_chapters_lead_to_it(self):
        page = publish_chapter()
        client = signed_in(UserFactory(role="Editors"))
        address = reverse("chapter_impact", args=[page.pk])

        assert address in text(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
        assert address in text(client.get(reverse("standards:index")))

    @pytest.mark.parametrize(("role", "status"), [("Administrators", 404), ("", 403)])
    def test_who_may_not_edit_the_chapter_does_not_see_it(self, role, status):
        page = publish_chapter()

        assert signed_in(UserFactory(role=role)).get(reverse("chapter_impact", args=[page.pk])).status_code == status
