"""Reads about people, a file for each subject."""

from people.selectors.people import (
    ForBar,
    accepted_invitation,
    bar_for_person,
    branch_for_person,
    days_of_people,
    hash_token,
    local_today,
    members_of_team_unscoped,
    membership_for_person,
    open_invitation,
    people_for_viewer,
    person_known_unscoped,
    teams_for_supervisor,
    zones_of_people,
)
from people.selectors.second_factor import people_with_second_factor, second_factor

__all__ = [
    "ForBar",
    "accepted_invitation",
    "bar_for_person",
    "branch_for_person",
    "days_of_people",
    "hash_token",
    "local_today",
    "members_of_team_unscoped",
    "membership_for_person",
    "open_invitation",
    "people_for_viewer",
    "people_with_second_factor",
    "person_known_unscoped",
    "second_factor",
    "teams_for_supervisor",
    "zones_of_people",
]
