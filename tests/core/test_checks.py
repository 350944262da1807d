"""Each check of our own finds its fault, and nothing in the project as it stands."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.test.utils import isolate_apps
from django.urls import include, path
from django.views import View

from core import checks
from core.models import Fact
from core.permissions import public
from people.models import User


def ids(messages):
    return [message.id for message in messages]


@pytest.fixture
def routes(settings, monkeypatch):
    """Makes these the routes of the site."""

    def plant(*patterns):
        module = ModuleType("planted_urls")
        module.urlpatterns = list(patterns)
        monkeypatch.setitem(sys.modules, "planted_urls", module)
        settings.ROOT_URLCONF = "planted_urls"

    return plant


def undeclared(request):
    return HttpResponse()


undeclared.__module__ = "home.views.planted"


class Undeclared(View):
    __module__ = "standards.views"


class OfViewSet(View):
    __module__ = "people.viewsets"


def test_the_project_passes_its_checks():
    found = [
        *checks.every_view_declares_its_permission(None),
        *checks.sqlite_is_wal_and_immediate(None),
        *checks.facts_are_protected(None),
    ]

    assert found == []


def test_a_view_without_permission_is_found_wherever_it_is_mounted(routes):
    routes(path("deep/", include([path("er/", undeclared), path("class/", Undeclared.as_view())])))

    found = checks.every_view_declares_its_permission(None)

    assert ids(found) == ["core.E001", "core.E001"]
    assert "deep/er/" in found[0].msg


def test_a_declared_view_a_viewset_and_somebody_elses_view_pass(routes):
    declared = public(lambda request: HttpResponse())
    declared.__module__ = "home.views.planted"
    routes(path("a/", declared), path("b/", OfViewSet.as_view()), path("c/", View.as_view()))

    assert checks.every_view_declares_its_permission(None) == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;"}}, []),
        ({"OPTIONS": {"transaction_mode": "DEFERRED", "init_command": "PRAGMA journal_mode=WAL;"}}, ["core.E002"]),
        ({"OPTIONS": {"transaction_mode": "IMMEDIATE"}}, ["core.E002"]),
        ({}, ["core.E002"]),
        (
            {
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;"},
                "ATOMIC_REQUESTS": True,
            },
            ["core.E003"],
        ),
    ],
)
def test_sqlite_must_be_wal_and_immediate(options, expected, monkeypatch):
    monkeypatch.setattr(settings, "DATABASES", {"planted": {"ENGINE": "django.db.backends.sqlite3", **options}})

    assert ids(checks.sqlite_is_wal_and_immediate(None)) == expected


def test_another_database_needs_no_wal(monkeypatch):
    monkeypatch.setattr(settings, "DATABASES", {"planted": {"ENGINE": "django.db.backends.postgresql"}})

    assert checks.sqlite_is_wal_and_immediate(None) == []


@pytest.mark.parametrize(
    ("on_delete", "expected"), [(models.PROTECT, []), (models.CASCADE, ["core.E004"]), (models.SET_NULL, ["core.E004"])]
)
def test_a_fact_must_protect_what_it_points_to(on_delete, expected, monkeypatch):
    with isolate_apps("core") as isolated:

        class Planted(Fact):
            person = models.ForeignKey(User, null=True, on_delete=on_delete, related_name="+")

            class Meta:
                app_label = "core"

        monkeypatch.setattr(checks, "apps", isolated)
        found = checks.facts_are_protected(None)

    assert ids(found) == expected
