from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from django.contrib.auth.models import Group

from people.models import Branch, JobRole, LeaveOfAbsence, Membership, Team, TeamSupervision, User

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, nine in the morning in Kuala Lumpur."""


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.com")
    name = factory.Sequence(lambda number: f"Person {number} binti Contoh")
    password = factory.django.Password("piawai-test-pass")

    @factory.post_generation
    def role(self, create: bool, extracted: str | None, **kwargs: object) -> None:
        if extracted:
            self.groups.add(Group.objects.get(name=extracted))


class BranchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Branch

    name = factory.Sequence(lambda number: f"Branch {number}")


class JobRoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JobRole

    name = factory.Sequence(lambda number: f"Role {number}")


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda number: f"Team {number}")
    branch = factory.SubFactory(BranchFactory)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    team = factory.SubFactory(TeamFactory)
    user = factory.SubFactory(UserFactory)
    job_role = factory.SubFactory(JobRoleFactory)
    starts_on = date(2026, 1, 1)


class TeamSupervisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeamSupervision

    team = factory.SubFactory(TeamFactory)
    user = factory.SubFactory(UserFactory)
    starts_on = date(2026, 1, 1)


class LeaveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LeaveOfAbsence

    user = factory.SubFactory(UserFactory)
    starts_on = date(2026, 11, 1)
    recorded_at = NOW
