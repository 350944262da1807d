"""Who may open what in this app."""

from core.permissions import has_permission

may_invite = has_permission("people.add_invitation")
