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

__all__ = [
    "INVITATION_DAYS",
    "InvitationClosed",
    "accept_invitation",
    "add_branch",
    "add_job_role",
    "add_person",
    "add_team",
    "add_to_team",
    "appoint_supervisor",
    "invite_person",
]
