"""One of everything: what the access test and the canary crawl go through."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.test import Client

from home.selectors.calendars import calendar_token
from home.services.calendars import make_calendar_feed
from people.models import User
from people.services import invite_person
from standards.models import Edition
from tests.factories import certificates as certificate_factory
from tests.factories import deltas as delta_factory
from tests.factories import lessons as lesson_factory
from tests.factories import outbox as outbox_factory
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.enquiries import ask
from tests.factories.jobs import failed_job, long_job
from tests.factories.looking_after import waive
from tests.factories.people import NOW, MembershipFactory, TeamFactory, TeamSupervisionFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import print_by_hand, print_charter_by_hand, publish_chapter, sign

ROLES = ("visitor", "stranger", "learner", "supervisor", "editor", "approver", "administrator")
"""learner: whose records the world holds; stranger: another learner; supervisor: of the learner's team."""


@dataclass(frozen=True)
class World:
    people: dict[str, User]
    objects: dict[str, Any]
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser of this role, as just signed in."""
        client = Client(raise_request_exception=False)
        if role in self.people:
            if role not in self.cookies:
                client.force_login(self.people[role])
                self.cookies[role] = client.cookies
            client.cookies = copy.deepcopy(self.cookies[role])
        return client


def make_world() -> World:
    team = TeamFactory(name="Counter")
    people = {
        "learner": MembershipFactory(team=team).user,
        "stranger": MembershipFactory().user,
        "supervisor": TeamSupervisionFactory(team=team).user,
        "editor": UserFactory(role="Editors"),
        "approver": UserFactory(role="Approvers"),
        "administrator": UserFactory(role="Administrators"),
    }
    learner = people["learner"]
    chapter = publish_chapter(public=["REL-1"])
    print_by_hand(Edition.objects.get()), print_by_hand(Edition.objects.get(), chapter=chapter)
    quiz, scenario = quiz_factory.publish_quiz(), scenario_factory.publish_scenario()
    lesson = lesson_factory.publish_lesson()
    program = make_program(chapter)
    assign(program, learner)
    sign(learner, chapter)
    lesson_factory.go_through(learner, lesson)
    attempt = quiz_factory.take(learner, quiz, right=1)
    run = scenario_factory.play(learner, scenario)
    certificate = certificate_factory.issue(learner)
    open_program = make_program(quiz, title="At the till")
    assign(open_program, learner)
    invited = UserFactory()
    objects = {
        "chapter": chapter,
        "lesson": lesson,
        "quiz": quiz,
        "question": quiz.questions.first().question,
        "scenario": scenario,
        "persona": scenario.persona,
        "program": program,
        "open_program": open_program,
        "delta": delta_factory.waiting(Edition.objects.first()),
        "waiver": waive(learner, program, by=people["supervisor"]),
        "attempt": attempt,
        "run": run,
        "practice_run": scenario_factory.play_again(run, 2),
        "certificate": certificate,
        "enquiry": ask(learner),
        "team": team,
        **outbox_factory.told(learner),
        "branch": team.branch,
        "job_role": learner.memberships.get().job_role,
        "invited": invited,
        "failed_job": failed_job(),
        "long_job": long_job(by=people["administrator"]),
        "calendar_token": calendar_token(make_calendar_feed(person=invited, now=NOW)),
        "token": invite_person(user=invited, by=people["administrator"], now=NOW),
    }
    print_charter_by_hand()
    world = World(people, objects)
    for role in people:
        world.client(role)
    return world
