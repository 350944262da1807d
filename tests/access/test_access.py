"""Every address × role × method. See expectations.py for what is expected."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from core import clock
from people.models import User
from tests.access.addresses import Address, our_addresses
from tests.access.expectations import MODELS, STAFF, VIEWS, is_declared, who_may
from tests.access.world import ROLES, World, make_world
from tests.factories.people import NOW

# Every page once more, which each has tests of its own for: once is enough, and counting lines takes half as long again.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover, pytest.mark.every_page]

ADDRESSES = our_addresses()
OURS = [address for address in ADDRESSES if not address.model]
OF_MODELS = [address for address in ADDRESSES if address.model]


@pytest.fixture
def world():
    with clock.set_to(NOW):
        yield make_world()


def test_every_address_is_declared():
    assert [address.route for address in ADDRESSES if not is_declared(address)] == []


def test_every_declaration_has_its_address():
    assert set(VIEWS) - {address.name for address in OURS} == set()
    assert set(MODELS) - {address.model for address in OF_MODELS} == set()


def test_our_views(world: World):
    wrong = {}
    for address in OURS:
        expected = VIEWS[address.name]
        url = reverse(address.name, kwargs=expected.kwargs(world))
        got, posted = _statuses(world, "get", url), _statuses(world, "post", url)
        if (got, posted) != (expected.get, expected.post):
            wrong[address.name] = {"get": _differing(got, expected.get), "post": _differing(posted, expected.post)}

    assert wrong == {}


def test_wagtail_views_of_our_models(world: World):
    wrong = {}
    for address in OF_MODELS:
        may = who_may(address)
        for role, status in _statuses(world, "get", _admin_url(address, world)).items():
            if status not in _allowed(address.name, role, role in may):
                wrong[address.name, role] = status

    assert wrong == {}


def test_a_post_without_permission_changes_nothing(world: World):
    wrong, before = {}, _rows()
    for address in OF_MODELS:
        url = _admin_url(address, world)
        for role in set(ROLES) - who_may(address):
            status = world.client(role).post(url).status_code
            if status not in (302, 403, 404, 405):
                wrong[address.name, role] = status

    assert wrong == {}
    assert _rows() == before


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/pages/", "/admin/reports/site-history/", "/admin/settings/core/organisationsettings/"]
)
def test_the_admin_is_for_those_who_may_open_it(path, world: World):
    statuses = {role: world.client(role).get(path).status_code for role in ROLES}

    assert statuses["visitor"] == 302
    assert [statuses[role] for role in ("learner", "stranger", "supervisor")] == [403] * 3


def test_wagtails_own_sign_in_leads_to_ours(client):
    response = client.get("/admin/login/?next=/admin/")

    assert response.headers["Location"] == "/accounts/login/?next=/admin/"


def test_deactivation_ends_a_session_at_once(world: World):
    client = world.client("learner")
    User.objects.filter(pk=world.people["learner"].pk).update(is_active=False)

    assert client.get("/my/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "/standards/chapters/nope/",
        "/standards/NOPE-1/",
        "/quizzes/nope/",
        "/practice/nope/",
        "/lessons/nope/",
        "/nope/",
        "/verify/NOPE/",
    ],
)
def test_what_is_not_there_is_a_404(path, world: World):
    assert world.client("learner").get(path).status_code == 404


def _statuses(world: World, method: str, url: str) -> dict[str, int]:
    """The answer to each role, each on the world as it was."""
    statuses = {}
    for role in ROLES:
        with transaction.atomic():
            response = getattr(world.client(role), method)(url)
            statuses[role] = response.status_code
            list(response)  # an opened file is closed at its end
            transaction.set_rollback(True)
    return statuses


def _allowed(name: str, role: str, may: bool) -> tuple[int, ...]:
    """What a Wagtail view may answer: shown (or not made for this object), sent back, or refused."""
    if may:
        # With one parent there is nothing to choose; a published question is unpublished, never deleted; no workflow is under way.
        leads_on = name.endswith(("choose_parent", "question:delete", "_action", "_action_data", "workflow_preview"))
        return (200, 302, 404, 405) if leads_on else (200, 404, 405)
    if role in STAFF:
        return (302, 403, 404)
    return (302,) if role == "visitor" else (403,)


def _differing(got: dict[str, int], expected: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Role → (what came, what was expected)."""
    return {role: (got[role], expected[role]) for role in got if got[role] != expected[role]}


def _admin_url(address: Address, world: World) -> str:
    """The route filled with the world's object of this model."""
    name, _ = MODELS[address.model]
    found = world.objects.get(name) or world.people[name]
    revision = getattr(found, "latest_revision_id", None) or 1
    fillings = [
        {},
        {"pk": found.pk},
        {"pk": found.pk, "revision_id": revision},
        {"pk": found.pk, "revision_id_a": "earliest", "revision_id_b": "latest"},
        {"pk": found.pk, "action_name": "approve", "task_state_id": 1},
        {"pk": found.pk, "task_id": 1},
        {"pk": found.pk, "workflow_state_id": 1},
    ]
    for kwargs in fillings:
        try:
            return reverse(address.name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    raise AssertionError(f"Nothing fills {address.route}")


def _rows() -> dict[str, int]:
    from django.apps import apps

    skipped = re.compile(r"sessions|axes|structlog|userprofile", re.IGNORECASE)
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if not skipped.search(model._meta.label)
    }
