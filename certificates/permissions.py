"""Who may do what in the admin: look, and nothing else."""

from __future__ import annotations

from typing import Any

from wagtail.permissions import ModelPermissionPolicy


class ReadOnlyPermissionPolicy(ModelPermissionPolicy):
    """Facts can be looked at by those who may; nobody, superusers included, adds, changes or deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions: Any) -> Any:
        allowed = set(actions) & {"view"}
        found = super().users_with_any_permission(allowed)
        return found if allowed else found.none()
