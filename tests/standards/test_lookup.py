"""Looking a clause up, as somebody at the counter does."""

from __future__ import annotations

import pytest
from django.urls import reverse

from people.models import User
from standards.selectors import lookup
from tests.factories.people import UserFactory
from tests.factories.standards import edit_clause, publish, publish_chapter
from tests.pages import signed_in, text

pytestmark = pytest.mark.django_db
SEARCH = "/standards/search/"


@pytest.fixture
def learner() -> User:
    return UserFactory()


def search(learner: User, **query: str) -> str:
    response = signed_in(learner).get(SEARCH, query)
    assert response.status_code == 200
    return text(response)


def test_it_answers_with_the_words_and_what_one_may_decide(learner):
    publish_chapter("Reliability", ("REL-1",))

    page = search(learner, q="fetch")

    assert "We do what REL-1 says." in page
    assert "<strong>Beyond that:</strong> <mark>Fetch</mark> the shift lead." in page
    assert reverse("clause", args=["REL-1"]) in page


def test_a_code_stands_first(learner):
    publish_chapter("Reliability", ("REL-1", "REL-2"))

    page = search(learner, q="rel 2")

    assert "Title of <mark>REL</mark>-<mark>2</mark>" in page
    assert "1 clause for “rel 2”" in page


def test_it_can_be_narrowed_to_a_chapter(learner):
    publish_chapter("Reliability", ("REL-1",))
    publish_chapter("Timeliness", ("TIM-1",))

    assert "2 clauses for “shift”, nearest first" in search(learner, q="shift")
    narrowed = search(learner, q="shift", chapter="timeliness")
    assert "We do what TIM-1 says." in narrowed
    assert "We do what REL-1 says." not in narrowed
    assert '<a class="chip" href="?q=shift&amp;chapter=reliability">Reliability 1</a>' in narrowed


def test_it_says_what_a_slip_was_taken_for(learner):
    publish_chapter("Reliability", ("REL-1",))

    page = search(learner, q="shiftt")

    assert "Nothing says “shiftt”. This is what we found for “shift”." in page
    assert "We do what REL-1 says." in page


def test_nothing_found_says_what_to_do(learner):
    publish_chapter("Reliability", ("REL-1",))

    assert "No clause says “&lt;b&gt;lawnmower”" in search(learner, q="<b>lawnmower")


@pytest.mark.parametrize("query", [{}, {"q": "   "}, {"q": "x" * 101}, {"q": "a\0b"}])
def test_without_a_query_it_says_what_to_type(learner, query):
    assert "What does the customer need?" in search(learner, **query)


def test_only_what_is_in_force_is_found(learner):
    page = publish_chapter("Reliability", ("REL-1", "REL-2"))
    draft = edit_clause(page, "REL-1", statement="We hum.", reason="Because we like it.", kind="substantive")

    assert "No clause says" in search(learner, q="hum")
    publish(draft)
    assert "We <mark>hum</mark>." in search(learner, q="hum")


def test_a_long_list_is_cut_and_says_so(learner, monkeypatch):
    monkeypatch.setattr(lookup, "MOST", 1)
    publish_chapter("Reliability", ("REL-1", "REL-2"))

    assert "There are more; add a word." in search(learner, q="shift")


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_a_fixed_number_of_queries(learner, django_assert_num_queries, count):
    publish_chapter("Reliability", tuple(f"REL-{number}" for number in range(1, count + 1)))
    client = signed_in(learner)
    client.get(SEARCH, {"q": "shift"})

    with django_assert_num_queries(10):
        client.get(SEARCH, {"q": "shift"})
