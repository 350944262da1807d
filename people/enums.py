from __future__ import annotations


class Role:
    """Names of the groups that a data migration creates. Learner is everybody; supervisor comes from supervising a team."""

    EDITOR = "Editors"
    APPROVER = "Approvers"
    ADMINISTRATOR = "Administrators"
