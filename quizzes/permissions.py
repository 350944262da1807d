"""Who may do what with questions."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class QuestionPermissionPolicy(ModelPermissionPolicy):
    """As the groups say, but a question that was ever published can't be deleted by anybody: answers may rest on it."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action == "delete" and instance.first_published_at is not None:
            return False
        return bool(super().user_has_permission_for_instance(user, action, instance))
