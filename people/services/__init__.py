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

__all__ = [
    "INVITATION_DAYS",
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
    "invite_person",
    "settle_employment",
    "tell_placement_changed",
]
