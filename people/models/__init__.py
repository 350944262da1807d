from people.models.accounts import Invitation, User
from people.models.organisation import Branch, JobRole, Membership, Team, TeamSupervision

__all__ = ["Branch", "Invitation", "JobRole", "Membership", "Team", "TeamSupervision", "User"]
