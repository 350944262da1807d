"""Who may open what in this app."""

from core.permissions import has_permission

may_assign = has_permission("training.add_programassignment")
