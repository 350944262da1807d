"""Every role follows every link it is given: what is marked for others must never be on a page of theirs.

The world is that of the access test, with a marked string in each place that somebody may not see. A control proves that each
mark is where somebody who may see it does find it.
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import reverse

from core import clock
from people.models import Membership, User
from quizzes.domain.authoring import Choice
from standards.models import Clause
from standards.services.reviews import record_review
from tests.access.world import World, make_world
from tests.factories import lessons as lesson_factory
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.enquiries import ask
from tests.factories.looking_after import note_talk
from tests.factories.people import NOW, MembershipFactory, TeamSupervisionFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import edit_clause, make_chapter, publish_chapter
from training.models import ScenarioPage
from training.services.assigning import release_assignment

# Every page once more, which each has tests of its own for: once is enough, and counting lines takes half as long again.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover, pytest.mark.every_page]

KEY, FEEDBACK, OUTCOME = "canary-key", "canary-feedback", "canary-outcome"
DRAFT, REASON, PERSON = "canary-draft", "canary-reason", "canary-person"
ASKED, NOTE, SAID, TALK = "canary-asked", "canary-note", "canary-said", "canary-talk"
MOST_PAGES = 300
"""A crawl that finds more than this has got into a circle of queries."""

SKIPPED = re.compile(
    r"^/(static|media)/|/logout/|/pdf/$|\.svg$|/sprite|/jsi18n|/editing-sessions/"
    # Questions whether to do something, and the same page once more: what they show stands on the page that they come from.
    r"|/(privacy|bulk|move|delete|unpublish|copy|create|add_subpage|choose_parent|multiple)(/|$)|/pages/usage/"
)
ADMIN_START = [
    "/admin/",
    "/admin/pages/",
    "/admin/reports/site-history/",
    "/admin/reports/signatures/",
    "/admin/reports/questions/",
]
LEARNER_START = [
    "/",
    "/my/",
    "/standards/",
    "/standards/questions/",
    "/lessons/",
    "/practice/",
    "/certificates/",
    "/team/",
    "/team/export.csv",
    "/team/standards/",
    "/team/standards/export.csv",
    "/verify/",
    "/charter/",
    "/nope/",
]


@dataclass
class Crawl:
    """Pages by address, and which marks each held."""

    pages: dict[str, int] = field(default_factory=dict)
    found: dict[str, set[str]] = field(default_factory=dict)

    def where(self, *marks: str) -> dict[str, set[str]]:
        return {mark: self.found[mark] for mark in marks if mark in self.found}


def crawl(world: World, role: str, starts: list[str]) -> Crawl:
    """Breadth first over the site's own links, each address once, page numbers, orders and third filters left out."""
    client, result = world.client(role), Crawl()
    waiting, seen = deque(starts), set(starts)
    while waiting and len(result.pages) < MOST_PAGES:
        address = waiting.popleft()
        response = client.get(address)
        result.pages[address] = response.status_code
        body = response.headers.get("Location", "") + b"".join(response).decode(errors="replace")
        text = html.unescape(body)
        for mark in re.findall(r"canary-[a-z]+", text):
            result.found.setdefault(mark, set()).add(address)
        for link in _links(address, body, response.headers.get("Location")):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    assert not waiting, f"more than {MOST_PAGES} pages: {list(waiting)[:5]}"
    assert not [address for address, status in result.pages.items() if status >= 500]
    return result


def _links(address: str, body: str, location: str | None) -> Iterator[str]:
    found = re.findall(r'(?:href|data-url)="([^"]+)"', body) + re.findall(r'"url": ?"(/[^"]+)"', body)
    found += [location] if location else []
    for link in found:
        parts = urlsplit(urldefrag(urljoin(f"http://testserver{address}", html.unescape(link))).url)
        if parts.netloc != "testserver" or parts.scheme != "http" or SKIPPED.search(parts.path):
            continue
        if re.search(
            r"(ordering|sort|after|page|p|next|show|export|filter|mode|describe_on_delete|_w_)[^=]*=", parts.query
        ):
            continue
        if parts.query.count("&") > 1:  # filters upon filters show less of the same
            continue
        yield parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture
def world() -> Iterator[World]:
    with clock.set_to(NOW):
        yield _marked_world()


def _marked_world() -> World:
    world = make_world()
    learner, other = world.people["learner"], "stranger"
    _mark_person(learner)
    _mark_questions(world, learner)
    _mark_scenario(world, learner)
    _mark_lesson(world)
    _mark_drafts(world)
    ask(learner, "REL-2", text=f"{ASKED}: is that so?")
    clause = Clause.objects.select_related("current_version").get(code="REL-1")
    record_review(
        clause=clause,
        version=clause.current_version_id,
        next_review_on=date(2027, 11, 24),
        note=NOTE,
        by=world.people["editor"],
        now=NOW,
    )
    program = make_program(publish_chapter("Plain", ("PLA-1",)), title="Released", slug="released")
    assignment = assign(program, learner, reason=REASON)
    release_assignment(assignment=assignment, by=None, now=NOW, reason=REASON)
    note_talk(learner, by=world.people["supervisor"], text=f"{TALK}: she was late twice")
    # Another learner in the middle of everything: nothing handed in yet.
    quiz_factory.begin(world.people[other], world.objects["marked_quiz"])
    scenario_factory.begin(world.people[other], world.objects["marked_scenario"])
    return world


def _mark_person(learner: User) -> None:
    User.objects.filter(pk=learner.pk).update(
        name=f"Lea {PERSON}", short_name=f"{PERSON}", email=f"{PERSON}@example.com"
    )
    learner.refresh_from_db()


def _mark_questions(world: World, learner: User) -> None:
    options = [Choice(f"Answer {place}", place == 1, f"{FEEDBACK} {KEY if place == 1 else ''}") for place in range(3)]
    question = quiz_factory.publish_question("marked", options=options, feedback=FEEDBACK)
    world.objects["marked_quiz"] = quiz_factory.publish_quiz([question], slug="marked")
    quiz_factory.take(learner, world.objects["marked_quiz"], right=1)
    draft = question.get_latest_revision_as_object()
    draft.stem = f"{DRAFT} of a question. What do you do?"
    draft.save_revision()


def _mark_scenario(world: World, learner: User) -> None:
    told = scenario_factory.content(slug="marked", title="Marked")
    for scene in told["scenes"]:
        for choice in scene["choices"]:
            choice["feedback"] = f"{OUTCOME} of {choice['key']}"
    for ending in told["endings"]:
        ending["text"] = f"{OUTCOME} at the end"
    scenario = scenario_factory.publish_scenario(**told)
    world.objects["marked_scenario"] = scenario
    scenario_factory.play(learner, scenario)
    draft = ScenarioPage.objects.get(pk=scenario.pk).get_latest_revision_as_object()
    draft.introduction = f"{DRAFT} of a scenario"
    draft.save_revision()


def _mark_lesson(world: World) -> None:
    told = lesson_factory.content(slug="marked", title="Marked")
    for option in told["body"][lesson_factory.CHECK]["check"]["options"]:
        option["feedback"] = f"{SAID} to {option['text']}"
    world.objects["marked_lesson"] = lesson = lesson_factory.publish_lesson(**told)
    draft = lesson.get_latest_revision_as_object()
    draft.introduction = f"{DRAFT} of a lesson"
    draft.save_revision()


def _mark_drafts(world: World) -> None:
    make_chapter(f"Chapter {DRAFT}", ("DRA-1",), slug="draft-chapter", summary=DRAFT)
    edit_clause(world.objects["chapter"], "REL-2", reason=REASON, kind="editorial", why=DRAFT)


def test_the_public_sees_no_mark_at_all(world: World):
    result = crawl(world, "visitor", LEARNER_START)

    assert set(result.found) <= {PERSON}
    assert result.where(PERSON) == {}


def test_a_stranger_sees_nothing_of_the_learners_no_key_and_no_draft(world: World):
    result = crawl(world, "stranger", [*LEARNER_START, "/quizzes/marked/", "/practice/marked/"])

    assert len(result.pages) > 12
    assert result.found == {}


def test_a_learner_sees_own_keys_after_handing_in_and_no_draft_or_reason(world: World):
    result = crawl(world, "learner", [*LEARNER_START, "/quizzes/marked/", "/practice/marked/"])

    assert {DRAFT, REASON, TALK} & set(result.found) == set()
    assert set(result.found) == {KEY, FEEDBACK, OUTCOME, PERSON, ASKED}
    assert all("/results/" in address for mark in (KEY, FEEDBACK) for address in result.found[mark])
    assert all("/debrief/" in address for address in result.found[OUTCOME])


def test_a_supervisor_sees_the_person_and_neither_answers_nor_drafts(world: World):
    result = crawl(world, "supervisor", [*LEARNER_START, "/quizzes/marked/", "/practice/marked/"])

    assert set(result.found) == {PERSON, REASON, TALK}
    page = reverse("team_person", args=[world.people["learner"].public_id])
    assert result.found[REASON] == result.found[TALK] == {page}
    lists = {"/team/", "/team/export.csv", "/team/standards/", "/team/standards/export.csv"}
    assert lists <= result.found[PERSON]


def test_a_supervisor_of_another_team_meets_neither_reasons_nor_talks(world: World):
    elsewhere = TeamSupervisionFactory(user=world.people["stranger"]).team
    MembershipFactory(team=elsewhere)
    page = reverse("team_person", args=[world.people["learner"].public_id])

    result = crawl(world, "stranger", [*LEARNER_START, page])

    assert result.pages[page] == 404
    assert len([address for address in result.pages if address.startswith("/team/people/")]) > 1
    assert result.found == {}


def test_a_former_supervisor_sees_nobody(world: World):
    world.people["supervisor"].supervisions.update(ends_on=NOW.date().replace(day=1))
    Membership.objects.update(ends_on=None)
    TeamSupervisionFactory()

    assert crawl(world, "supervisor", LEARNER_START).found == {}


@pytest.mark.parametrize("role", ["editor", "approver"])
def test_who_writes_content_sees_drafts_and_keys_but_no_results(world: World, role: str):
    question = world.objects["marked_quiz"].questions.get().question
    result = crawl(world, role, [*ADMIN_START, *_admin_pages(world)])

    assert {DRAFT, KEY, FEEDBACK, ASKED} <= set(result.found)
    assert result.found[NOTE] == {"/standards/REL-1/", "/standards/REL-1/review/"}
    key_pages = {address for mark in (KEY, FEEDBACK) for address in result.found[mark]}
    # Keys stand in the forms, among the published versions and in files taken out: not in the list, the history, a comparison, a preview
    # or the usage.
    files = {address for address in key_pages if address.startswith(reverse("questions_export"))}
    assert len(files) == len({"gift", "moodlexml", "csv"})
    assert key_pages - files == {
        reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk]),
        reverse("question_versions", args=[question.pk]),
    }
    # Names stand in the list of accounts and where the owner of a clause is chosen; what they did stands nowhere.
    forms = re.compile(r"/admin/pages/(\d+/edit|add/standards/chapterpage/\d+)/|/admin/users/")
    assert [address for address in result.found[PERSON] if not forms.fullmatch(address)] == []
    # What a choice leads to stands in the scenario's own form, its draft and the files that it is taken along in.
    lesson = world.objects["marked_lesson"].pk
    assert result.found[SAID] == {
        reverse(f"wagtailadmin_pages:{action}", args=[lesson]) for action in ("edit", "view_draft")
    }
    scenario = world.objects["marked_scenario"].pk
    forms_and_files = [(f"wagtailadmin_pages:{action}", [scenario]) for action in ("edit", "view_draft")]
    forms_and_files += [("scenario_export", [scenario, name]) for name in ("twee", "json")]
    assert result.found[OUTCOME] == {reverse(name, args=args) for name, args in forms_and_files}


def test_an_administrator_sees_people_and_reasons_but_writes_no_content(world: World):
    result = crawl(world, "administrator", [*ADMIN_START, *_admin_pages(world)])

    assert {PERSON, ASKED} <= set(result.found)
    assert {KEY, FEEDBACK} & set(result.found) == set()


def _admin_pages(world: World) -> list[str]:
    """Search, history, previews and forms of what is marked: a crawl might miss what only a script links."""
    question = world.objects["marked_quiz"].questions.get().question
    scenario, chapter = world.objects["marked_scenario"], world.objects["chapter"]
    snippet = [
        reverse(f"wagtailsnippets_quizzes_question:{action}", args=[question.pk])
        for action in ("edit", "history", "usage", "preview_on_edit")
    ]
    first, last = question.revisions.order_by("pk").first().pk, question.revisions.order_by("pk").last().pk
    return [
        *snippet,
        "/admin/reports/reviews/",
        "/admin/reports/coverage/",
        reverse("wagtailsnippets_quizzes_question:revisions_compare", args=[question.pk, first, last]),
        reverse("wagtailsnippets_quizzes_question:list") + "?q=canary",
        "/admin/pages/search/?q=canary",
        *(
            reverse(f"wagtailadmin_pages:{action}", args=[page.pk])
            for page in (scenario, chapter, world.objects["marked_quiz"], world.objects["marked_lesson"])
            for action in ("edit", "history", "view_draft", "usage")
        ),
    ]
