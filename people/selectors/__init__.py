"""Reads about people, a file for each subject."""

from people.selectors.people import (
    accepted_invitation,
    branch_for_person,
    days_of_people,
    hash_token,
    is_supervisor,
    local_today,
    members_of_team_unscoped,
    membership_for_person,
    open_invitation,
    people_for_viewer,
    teams_for_supervisor,
    zones_of_people,
)

__all__ = [
    "accepted_invitation",
    "branch_for_person",
    "days_of_people",
    "hash_token",
    "is_supervisor",
    "local_today",
    "members_of_team_unscoped",
    "membership_for_person",
    "open_invitation",
    "people_for_viewer",
    "teams_for_supervisor",
    "zones_of_people",
]
