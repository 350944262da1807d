"""The demo company's file, which is loaded whole by `make demo` alone."""

from __future__ import annotations

import pytest

from home.selectors import content
from home.selectors.content import HAPPENINGS, first_people, supervisor_of
from home.services.company import _mail_name
from home.services.ways import WAYS


@pytest.fixture(scope="module")
def company():
    return content.company()


def test_it_has_three_hundred_people_of_whom_no_two_share_a_name_or_an_address(company):
    names = [person[0] for person in company["people"]]

    assert len(names) == len(set(names)) == 300
    assert len({_mail_name(name) for name in names}) == 300


def test_each_person_has_a_role_a_team_and_a_way_that_are_there(company):
    teams = {team[0] for team in company["teams"]}

    assert {person[2] for person in company["people"]} == set(company["job_roles"])
    assert {person[3] for person in company["people"]} == teams
    assert {person[5] for person in company["people"]} <= {*WAYS, "none"}


def test_the_tree_of_teams_has_no_gaps(company):
    branches, above = {branch["name"] for branch in company["branches"]}, set()
    for name, branch, parent in company["teams"]:
        assert branch in branches
        assert parent is None or parent in above, "a team stands after the one that it is part of"
        above.add(name)


def test_every_team_has_somebody_to_turn_to(company):
    at_the_top = {
        name for name, team in company["supervisors"] if team == next(p[3] for p in company["people"] if p[0] == name)
    }

    without = [person[0] for person in company["people"] if supervisor_of(company, person[0]) is None]
    assert set(without) <= at_the_top


def test_what_happened_happened_to_people_who_were_there(company):
    joined = {person[0]: person[4] for person in company["people"]}
    teams = {team[0] for team in company["teams"]}

    for kind in HAPPENINGS:
        assert company[kind], kind
        for name, *details in company[kind]:
            days = details[-1] if kind == "moves" else details[0]
            assert days < joined[name], (kind, name)
    assert {move[1] for move in company["moves"]} <= teams


def test_further_programmes_name_branches_roles_and_pages_that_are_there(company):
    files = {"chapter": content.chapters("en"), "lesson": content.lessons("en"), "quiz": content.quizzes("en")}
    slugs = {kind: {entry["slug"] for entry in entries} for kind, entries in files.items()}

    for entry in company["programs"]:
        assert set(entry["branches"]) <= {branch["name"] for branch in company["branches"]}
        assert set(entry["roles"]) <= set(company["job_roles"])
        assert all(slug in slugs[kind] for step in entry["program"]["activities"] for kind, slug in step.items())


def test_the_first_sixty_are_a_company_of_their_own():
    small = content.company(60)

    assert len(small["people"]) == 60
    assert {login["name"] for login in small["logins"]} <= {person[0] for person in small["people"]}
    assert [branch["name"] for branch in small["branches"]] == [
        "Bangsar",
        "Petaling Jaya",
        "George Town",
        "Johor Bahru",
        "Kota Kinabalu",
        "Makati",
    ]
    assert len(small["teams"]) == 12
    assert small["programs"] == []
    assert all(small[kind] == [] for kind in HAPPENINGS)


def test_teams_above_come_with_their_people():
    company = {
        "people": [["Ann", "Ann", "Lead", "Counter", 9, "none"], ["Bo", "Bo", "Lead", "Elsewhere", 9, "none"]],
        "teams": [
            ["North", "Ipoh", None],
            ["Counter", "Ipoh", "North"],
            ["Stock", "Ipoh", "North"],
            ["Elsewhere", "Miri", None],
        ],
        "branches": [{"name": "Ipoh"}, {"name": "Miri"}],
        "supervisors": [["Ann", "North"], ["Bo", "Elsewhere"]],
        "programs": [{"branches": ["Ipoh"]}, {"branches": ["Miri"]}],
        **{kind: [] for kind in HAPPENINGS},
        "moves": [["Ann", "Stock", 3], ["Bo", "Counter", 3]],
    }

    first = first_people(company, 1)

    assert [team[0] for team in first["teams"]] == ["North", "Counter", "Stock"]
    assert (first["branches"], first["programs"]) == ([{"name": "Ipoh"}], [{"branches": ["Ipoh"]}])
    assert (first["supervisors"], first["moves"]) == ([["Ann", "North"]], [["Ann", "Stock", 3]])


@pytest.mark.parametrize(("name", "supervisor"), [("Ann", "Mia"), ("Mia", "Zoe"), ("Zoe", None)])
def test_a_supervisor_is_the_nearest_above_and_never_oneself(name, supervisor):
    company = {
        "people": [["Ann", "", "", "Counter"], ["Mia", "", "", "Counter"], ["Zoe", "", "", "North"]],
        "teams": [["North", "Ipoh", None], ["Shop", "Ipoh", "North"], ["Counter", "Ipoh", "Shop"]],
        "supervisors": [["Mia", "Counter"], ["Zoe", "North"]],
    }

    assert supervisor_of(company, name) == supervisor
