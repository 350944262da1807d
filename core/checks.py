"""The project's own rules as system checks: it refuses to start when one is broken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

OUR_APPS = ("core", "outbox", "people", "standards", "quizzes", "training", "certificates", "home", "config")


@register(Tags.security)
def every_view_declares_its_permission(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """core.E001: a view of ours that wears no decorator of core.permissions. Wagtail's viewsets and reports check by policy."""
    return [
        Error(
            f"The view of “{route}” declares no permission.", hint="Decorate it from core.permissions.", id="core.E001"
        )
        for route, view in _views(get_resolver())
        if _is_ours(view.__module__) and not hasattr(view, "access")
    ]


def _is_ours(module: str) -> bool:
    parts = module.split(".")
    return parts[0] in OUR_APPS and not {"viewsets", "reports"} & set(parts)


@register(Tags.database)
def sqlite_is_wal_and_immediate(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """core.E002: without both, most concurrent read-modify-writes on SQLite fail with “database is locked”."""
    found: list[CheckMessage] = []
    for alias, database in settings.DATABASES.items():
        if database["ENGINE"] != "django.db.backends.sqlite3":
            continue
        options = database.get("OPTIONS", {})
        if (
            options.get("transaction_mode") != "IMMEDIATE"
            or "journal_mode=wal" not in options.get("init_command", "").lower()
        ):
            found.append(Error(f"SQLite database “{alias}” must use WAL and IMMEDIATE transactions.", id="core.E002"))
        if database.get("ATOMIC_REQUESTS"):
            found.append(
                Error(f"ATOMIC_REQUESTS on “{alias}” would make every GET take the write lock.", id="core.E003")
            )
    return found


@register(Tags.models)
def facts_are_protected(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """core.E004: a foreign key of a fact that would let a deletion take the fact along, or change it."""
    from django.db.models import PROTECT, ForeignKey

    from core.models import Fact

    return [
        Error(
            f"{model.__name__}.{field.name} must be on_delete=PROTECT: it belongs to a fact.", obj=model, id="core.E004"
        )
        for model in apps.get_models()
        if issubclass(model, Fact)
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is not PROTECT
    ]


def _views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _views(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback
