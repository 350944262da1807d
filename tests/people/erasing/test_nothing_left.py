"""Over everything that is stored: nothing of an erased person is left, and every figure is as before."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.urls import reverse

from core import clock
from people.contributions import personal_data
from people.enums import ErasureReason
from people.models import User
from people.services import delete_erased_files, erase_person
from standards.models import EnquiryReply
from tests.access.world import World
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.people import NOW, UserFactory
from tests.factories.personal import EMAIL, MARK, NAME, make_marked_world, stored_with

pytestmark = pytest.mark.django_db

REPORTS = (
    "item_analysis_report",
    "understood_clauses_report",
    "play_report",
    "clauses_in_play_report",
    "signatures_report",
    "coverage_report",
    "reviews_report",
    "questions_report",
)


@pytest.fixture
def world() -> Iterator[World]:
    with clock.set_to(NOW):
        yield make_marked_world()


def erase(world: World) -> str:
    erased = erase_person(
        person=world.people["learner"], by=world.people["administrator"], now=NOW, reason=ErasureReason.ASKED
    )
    assert delete_erased_files(now=NOW) == 1
    # One certificate called them by a single word: others who are called so are told, and left.
    assert [place[:2] for place in erased.remaining] == [["people.User", "name"]]
    return erased.person.name


def test_nothing_marked_is_left(world: World):
    before = set(stored_with(MARK))
    assert {"people_user.name", "training_programassignment.reason", "wagtailcore_revision.content"} < before
    assert len([name for name in before if name.endswith((".png", ".txt"))]) >= 4

    pseudonym = erase(world)

    assert stored_with(MARK) == ["people_user.name"]  # somebody else, whose name begins so
    assert not User.objects.filter(name=NAME).exists()
    assert stored_with(EMAIL) == []
    person = world.people["learner"]
    again = {
        entry.model: entry.erase(person=person, pseudonym=pseudonym, now=NOW)
        for entry in personal_data().values()
        if entry.erase
    }
    assert set(again.values()) == {0}
    assert EnquiryReply.objects.get().text == f"{pseudonym}, you do it at once."


def test_every_figure_stays(world: World):
    for number in range(5):
        other = UserFactory()
        quiz_factory.take(other, world.objects["quiz"], right=number % 2)
        scenario_factory.play(other, world.objects["scenario"])
    User.objects.filter(pk=world.people["learner"].pk).update(is_active=False)  # who has left is in no list of a team
    before = figures(world)

    pseudonym = erase(world)

    expected = {name: page.replace(NAME, pseudonym) for name, page in before.items()}
    expected["questions_report"] = expected["questions_report"].replace(f" {MARK} ", " The words were erased. ")
    assert figures(world) == expected
    assert any(re.search(r"\b6\b", page) for page in before.values())


def figures(world: World) -> dict[str, str]:
    """Each report as its reader sees it, less what a page holds of the session."""
    client = world.client("editor")
    kwargs = {"quiz_id": world.objects["quiz"].pk}
    addresses = {name: reverse(name) for name in REPORTS} | {"quiz": reverse("quiz_analysis_report", kwargs=kwargs)}
    pages = {name: client.get(address) for name, address in addresses.items()}
    pages |= {path: world.client("supervisor").get(path) for path in ("/team/", "/team/standards/", "/team/memory/")}
    assert {page.status_code for page in pages.values()} == {200}
    return {name: _words(page.content.decode()) for name, page in pages.items()}


def _words(page: str) -> str:
    body = page.partition("<main")[2] or page
    without = re.sub(r"(?s)<script.*?</script>|<[^>]*>", " ", body)
    return html.unescape(re.sub(r"\s+", " ", without))
