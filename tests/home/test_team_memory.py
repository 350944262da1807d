"""How well a team remembers: averages of five and more, for who supervises them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core import clock
from tests.factories.people import NOW, MembershipFactory, TeamFactory, TeamSupervisionFactory, UserFactory
from tests.factories.practice import learn, practise_all
from tests.factories.standards import sign
from tests.pages import signed_in, smooth

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("people", "shown"), [(5, True), (4, False)])
def test_averages_are_shown_from_five_people_up(people, shown):
    supervisor, team = UserFactory(), TeamFactory(name="Counter")
    TeamSupervisionFactory(user=supervisor, team=team)
    members = [MembershipFactory(team=team).user for _ in range(people)]
    chapter = learn(members[0], "REL-1")
    for member in members[1:]:
        sign(member, chapter)
    with clock.set_to(NOW):
        for member in members:
            practise_all(member)
        page = smooth(signed_in(supervisor).get(reverse("team_memory")))

    assert ("Chapter of REL-1" in page) is shown
    assert ("smaller than five people" in page) is not shown
    assert not [member for member in members if member.name in page]


def test_my_team_leads_to_it():
    supervisor = TeamSupervisionFactory().user

    assert reverse("team_memory") in smooth(signed_in(supervisor).get(reverse("my_team")))
