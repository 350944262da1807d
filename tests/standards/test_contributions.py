"""What cites a clause: asked of all providers at once, in a fixed number of queries."""

from __future__ import annotations

import pytest

from standards import contributions
from standards.contributions import ClauseUse, clause_uses, register_clause_uses
from standards.selectors.clauses import clause_ids_by_code
from tests.factories.people import UserFactory
from tests.factories.quizzes import publish_question
from tests.factories.scenarios import publish_scenario
from tests.factories.standards import cite, publish_chapter

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(monkeypatch):
    """No provider but those of the test."""
    monkeypatch.setattr(contributions, "_providers", [])


@pytest.mark.usefixtures("alone")
def test_uses_of_all_providers_are_gathered_by_clause():
    register_clause_uses(lambda ids: [ClauseUse(clause, "Question", f"Q{clause}", "/q/") for clause in ids])
    register_clause_uses(lambda ids: [ClauseUse(1, "Scenario", "The fee", "/s/")])

    assert {clause: [use.label for use in uses] for clause, uses in clause_uses([1, 2]).items()} == {
        1: ["Q1", "The fee"],
        2: ["Q2"],
    }


@pytest.mark.usefixtures("alone")
def test_a_provider_is_asked_once_however_often_it_registers():
    asked = []

    def provider(ids):
        asked.append(list(ids))
        return []

    register_clause_uses(provider), register_clause_uses(provider)

    assert clause_uses([1]) == {}
    assert asked == [[1]]


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_for_any_number_of_clauses_and_uses(count, django_assert_max_num_queries):
    codes = [f"QUE-{number}" for number in range(count)]
    ids = cite(*codes)
    for number, code in enumerate(codes):
        publish_question(f"question-{number}", codes=(code,))
    publish_scenario()

    with django_assert_max_num_queries(4):
        found = clause_uses(ids)

    assert set(found) == set(ids)


def test_the_chapter_editor_shows_what_cites_each_clause(client):
    page = publish_chapter(codes=("REL-1", "REL-2", "REL-9"))
    publish_scenario(), publish_question(codes=("REL-1",))
    client.force_login(UserFactory(role="Editors"))

    shown = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()

    assert "Cited by" in shown
    for use in clause_uses(clause_ids_by_code(["REL-1", "REL-2"]).values()).values():
        assert all(entry.edit_url in shown for entry in use)
    assert "Nothing cites it yet" in shown


def test_an_unpublished_chapter_says_when_its_clauses_are_listed(client):
    from tests.factories.standards import make_chapter

    page = make_chapter()
    client.force_login(UserFactory(role="Editors"))

    assert "Once the chapter is published" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
