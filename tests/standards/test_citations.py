"""Questions and scenarios are to be looked through when a clause that they cite changes in substance."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from people.models import User
from quizzes.models import Question
from standards.domain.citations import Look, is_outdated, look_at_publication
from standards.models import ChapterPage, CitationCheck, Clause
from standards.selectors.citations import outdated_uses_unscoped
from standards.services import StandardsChanged, record_citation_check
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import publish_question
from tests.factories.scenarios import publish_scenario
from tests.factories.standards import edit_clause, publish, publish_chapter

LATER, LATEST = NOW + timedelta(days=1), NOW + timedelta(days=2)


@pytest.mark.parametrize(
    ("looks", "is_retired", "expected"),
    [
        ([], False, True),
        ([Look(1)], False, True),
        ([Look(1), Look(2)], False, False),
        ([Look(3)], False, False),
        ([Look(3)], True, True),
        ([Look(2, saw_retired=True)], True, False),
    ],
)
def test_a_use_is_outdated_until_somebody_saw_the_clause_as_it_stands(looks, is_retired, expected):
    assert is_outdated(2, is_retired, looks) is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [(NOW - timedelta(days=1), Look(0)), (NOW, Look(1)), (LATER, Look(2)), (LATEST, Look(2, saw_retired=True))],
)
def test_publishing_is_a_look_at_what_was_in_force_then(at, expected):
    assert look_at_publication(at, [(1, NOW), (2, LATER)], LATEST) == expected


@pytest.fixture
def editor(client) -> User:
    user = UserFactory(role="Editors")
    client.force_login(user)
    return user


@pytest.fixture
def chapter(db) -> ChapterPage:
    return publish_chapter()


@pytest.fixture
def question(chapter) -> Question:
    return publish_question("fee", codes=("REL-1", "REL-2"))


def change(page: ChapterPage, code: str = "REL-1", kind: str = "substantive", **fields) -> None:
    page = ChapterPage.objects.get(pk=page.pk)
    draft = edit_clause(page, code, kind=kind, reason="Eleven complaints.", **(fields or {"statement": "We do more."}))
    publish(draft, now=LATER)


def retire(page: ChapterPage, code: str) -> None:
    draft = ChapterPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.clauses = [text for text in draft.clauses.all() if text.code != code]
    draft.save_revision()
    publish(page, now=LATEST)


def outdated() -> dict[str, str]:
    return {key: use.codes for key, use in outdated_uses_unscoped().items()}


def key(question: Question) -> str:
    return f"question:{question.pk}"


def in_force(code: str) -> int:
    return Clause.objects.get(code=code).current_version_id


@pytest.mark.parametrize(("kind", "expected"), [("substantive", "REL-1"), ("editorial", "")])
def test_a_substantive_change_asks_to_look_an_editorial_one_does_not(chapter, question, kind, expected):
    change(chapter, kind=kind)

    assert outdated() == ({key(question): expected} if expected else {})


def test_a_retired_clause_asks_to_look(chapter, question):
    retire(chapter, "REL-2")

    assert outdated() == {key(question): "REL-2"}
    assert outdated_uses_unscoped()[key(question)].clauses[0].is_retired


def test_a_question_published_after_the_change_is_right_already(chapter):
    change(chapter)
    publish_question("fee", codes=("REL-1",), now=LATEST)

    assert outdated() == {}


def test_publishing_a_new_version_of_the_question_is_a_look(chapter, question):
    change(chapter)
    question.stem = "What do you say about the fee now?"
    with clock.set_to(LATEST):
        question.save_revision().publish()

    assert outdated() == {}


def test_a_scenario_is_named_once_however_many_choices_cite_the_clause(db):
    scenario = publish_scenario()
    cited = ChapterPage.objects.get(translation_key=Clause.objects.get(code="REL-1").chapter_key)
    change(cited)

    (use,) = outdated_uses_unscoped().values()
    assert (use.label, use.codes, use.key) == (scenario.title, "REL-1", f"scenario:{scenario.translation_key}")


def test_who_finds_it_still_right_says_so_once_until_the_next_change(chapter, question, editor):
    change(chapter)
    seen = {"citing": key(question), "versions": [in_force("REL-1")], "by": editor, "now": LATER}

    record_citation_check(**seen), record_citation_check(**seen)

    assert outdated() == {}
    assert [(check.checked_by, str(check.version)) for check in CitationCheck.objects.all()] == [(editor, "REL-1 v2")]
    change(chapter, why="Again.")
    assert outdated() == {key(question): "REL-1"}
    retire(chapter, "REL-1")
    record_citation_check(**{**seen, "versions": [in_force("REL-1")]})
    assert outdated() == {}


def test_what_was_not_shown_is_not_found_right(chapter, question, editor):
    change(chapter)
    shown = in_force("REL-1")
    change(chapter, why="Changed while it was read.")

    for versions in ([shown], []):
        with pytest.raises(StandardsChanged):
            record_citation_check(citing=key(question), versions=versions, by=editor, now=LATER)


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_for_any_number(chapter, django_assert_num_queries, count):
    for number in range(count):
        publish_question(f"fee-{number}", codes=("REL-1", "REL-2"))
    change(chapter), change(chapter, "REL-2")

    with django_assert_num_queries(6):
        assert len(outdated_uses_unscoped()) == count


def test_the_page_shows_what_changed_and_why_and_takes_the_answer(client, chapter, question, editor):
    change(chapter)
    address = reverse("question_check", args=[question.pk])

    page = client.get(address)
    shown = page.content.decode()
    assert "Eleven complaints." in shown
    assert "<ins>more</ins>" in shown

    response = client.post(address, {"versions": page.context["versions"]})
    assert response.url == reverse("outdated_uses_report")
    assert outdated() == {}
    assert "No clause that it cites has changed" in client.get(address).content.decode()


def test_a_change_in_between_is_shown_first(client, chapter, question, editor):
    change(chapter)
    address = reverse("question_check", args=[question.pk])
    versions = client.get(address).context["versions"]
    change(chapter, why="Changed while it was read.")

    response = client.post(address, {"versions": versions})

    assert response.status_code == 422
    assert "A clause changed while you were reading" in response.content.decode()
    assert outdated() == {key(question): "REL-1"}


def test_lists_and_editors_in_the_admin_tell_of_it(client, chapter, question, editor):
    fine = publish_question("calm", codes=("REL-2",))
    change(chapter)
    index = reverse("wagtailsnippets_quizzes_question:list")

    shown = client.get(index).content.decode()
    assert shown.count("REL-1") > 1
    for wanted, found in (("true", [question]), ("false", [fine])):
        assert list(client.get(index, {"is_outdated": wanted}).context["object_list"]) == found
    edit = client.get(reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk])).content.decode()
    assert "Clauses that this cites changed since somebody looked at it: REL-1." in edit
    report = client.get(reverse("outdated_uses_report"))
    assert [use.key for use in report.context["object_list"]] == [key(question)]
    assert b"REL-1" in b"".join(client.get(reverse("outdated_uses_report"), {"export": "csv"}).streaming_content)


def test_the_same_goes_for_scenarios(db, client, editor):
    scenario = publish_scenario()
    cited = ChapterPage.objects.get(translation_key=Clause.objects.get(code="REL-1").chapter_key)
    change(cited)
    address = reverse("scenario_check", args=[scenario.pk])

    assert "REL-1" in client.get(reverse("scenarios:index")).content.decode()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[scenario.pk])).content.decode()
    assert address in edit
    client.post(address, {"versions": client.get(address).context["versions"]})
    assert outdated() == {}
