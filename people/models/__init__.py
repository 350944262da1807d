from people.models.accounts import Invitation, User
from people.models.erasures import Erasure
from people.models.organisation import Branch, JobRole, LeaveOfAbsence, Membership, Team, TeamSupervision

__all__ = [
    "Branch",
    "Erasure",
    "Invitation",
    "JobRole",
    "LeaveOfAbsence",
    "Membership",
    "Team",
    "TeamSupervision",
    "User",
]
