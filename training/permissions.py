"""Who may open what in this app."""

from core.permissions import has_permission

may_view_programs = has_permission("training.view_program")
may_assign = has_permission("training.add_programassignment")
