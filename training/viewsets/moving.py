"""Where the admin offers to bring scenarios in by file, and to take them along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from people.models import User
from training.domain.scenario.exchange.formats import FORMATS
from training.models import ScenarioPage
from training.selectors.moving import practice_index_for_editor


def import_buttons(user: User) -> list[Button]:
    """On the list of scenarios."""
    if practice_index_for_editor(user) is None:
        return []
    return [Button(_("Import"), url=reverse("scenario_import"), icon_name="upload", priority=80)]


def offer_to_take_along(page: Page, user: User, **context: Any) -> Iterator[Button]:
    """On a scenario's page of the editor, and in its menu on the list."""
    if (
        issubclass(page.specific_class, ScenarioPage)
        and page.specific_deferred.is_source()
        and page.permissions_for_user(user).can_edit()
    ):
        for priority, into in enumerate(FORMATS.values(), start=62):
            url = reverse("scenario_export", args=[page.pk, into.name])
            label = _("Export as %(format)s") % {"format": into.label}
            yield Button(label, url=url, icon_name="download", priority=priority)
