"""The project's own rules on people as system checks."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register

from people.contributions import personal_data


@register(Tags.models)
def models_with_people_are_registered(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """people.E001: a model points to a person, and nobody said how export and erasure should treat it."""
    user_model, registered = get_user_model(), personal_data()
    return [
        Error(
            f"{model._meta.label} points to a person ({', '.join(missing)}) and is not registered.",
            hint="Register a PersonalData in its app's ready().",
            obj=model,
            id="people.E001",
        )
        for model in apps.get_models(include_auto_created=True)
        if (missing := sorted(_links_to(model, user_model) - set(_links(registered.get(model._meta.label_lower)))))
    ]


@register(Tags.security, deploy=True)
def company_sign_in_is_encrypted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """people.E002: who stands between us and a provider without HTTPS signs in as anybody."""
    if not settings.OIDC_ISSUER or settings.OIDC_ISSUER.startswith("https://"):
        return []
    return [Error("OIDC_ISSUER must be an https:// address.", id="people.E002")]


def _links_to(model: Any, user_model: Any) -> set[str]:
    return {
        field.name
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.remote_field
        and field.remote_field.model is user_model
        and not getattr(field.remote_field, "parent_link", False)
    }


def _links(entry: Any) -> tuple[str, ...]:
    return entry.person if entry else ()
