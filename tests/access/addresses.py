"""The addresses of the site that are ours: our views, and Wagtail's viewsets and snippets of our models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from core.checks import OUR_APPS


@dataclass(frozen=True)
class Address:
    """A route of the URLconf. name: with its namespaces; model: "app.Model" of a viewset, else ""."""

    route: str
    name: str
    model: str


def our_addresses() -> list[Address]:
    return [
        Address(route, name, model)
        for route, name, view in _patterns(get_resolver())
        if (model := _model(view)) is not None and not route.startswith("static/")
    ]


def _patterns(resolver: URLResolver, prefix: str = "", spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str, Any]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, route, (*spaces, entry.namespace) if entry.namespace else spaces)
        elif isinstance(entry, URLPattern):
            yield route, ":".join((*spaces, entry.name or "")), entry.callback


def _model(view: Any) -> str | None:
    """None for a view that isn't ours, "" for our own view, else the model of ours that a Wagtail view shows."""
    view_class, options = getattr(view, "view_class", None), getattr(view, "view_initkwargs", {})
    model = options.get("model") or getattr(view_class, "model", None)
    if isinstance(model, type) and issubclass(model, Model) and model._meta.app_label in OUR_APPS:
        return model._meta.label
    ours = hasattr(view, "access") or view.__module__.split(".")[0] in OUR_APPS
    return "" if ours else None
