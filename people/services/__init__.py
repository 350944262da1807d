"""Every write about people, a file for each subject."""

from people.services.accounts import (
    INVITATION_DAYS,
    InvitationClosed,
    accept_invitation,
    add_branch,
    add_job_role,
    add_person,
    add_team,
    add_to_team,
    appoint_supervisor,
    invite_person,
)
from people.services.employment import (
    LeftBeforeFirstDay,
    end_due_employments,
    end_employment,
    settle_employment,
    tell_placement_changed,
)
from people.services.importing import Imported, import_people
from people.services.inviting import request_invitations, send_due_invitations

__all__ = [
    "INVITATION_DAYS",
    "Imported",
    "InvitationClosed",
    "LeftBeforeFirstDay",
    "accept_invitation",
    "add_branch",
    "add_job_role",
    "add_person",
    "add_team",
    "add_to_team",
    "appoint_supervisor",
    "end_due_employments",
    "end_employment",
    "import_people",
    "invite_person",
    "request_invitations",
    "send_due_invitations",
    "settle_employment",
    "tell_placement_changed",
]
