"""The account page of the admin, less its name form: a name here is one field, kept by the administrators."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views import account


class AccountView(account.AccountView):
    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if panel.name != "name_email"]
