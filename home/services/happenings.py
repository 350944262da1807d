"""What happens in the demo's company beside the training: questions at the standards, people who leave, are away or get more time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core.selectors import organisation_today
from home.selectors.content import login_of, supervisor_of
from people.enums import Role
from people.models import User
from people.services import end_employment
from standards.enums import EnquiryKind, ReplyOutcome
from standards.models import Clause
from standards.selectors.enquiries import clause_owner
from standards.services import ask_at_clause, reply_to_enquiry
from training.models import Program, ProgramAssignment
from training.services.coaching import note_coaching_talk
from training.services.exceptions import extend_assignment, record_leave, waive_program

Acting = Iterator[datetime]
"""Somebody who goes on by themselves: says when they act next, and acts when asked for the moment after."""


def asking(*, enquiry: Mapping[str, Any], people: Mapping[str, User], now: datetime) -> Acting:
    """Somebody asks at one in the afternoon in Kuala Lumpur; if there is a reply, the clause's owner gives it at ten."""
    moment = (now - timedelta(days=enquiry["days"])).replace(hour=5, minute=0, second=0, microsecond=0)
    yield moment
    asked = ask_at_clause(
        asker=people[enquiry["asker"]],
        clause=Clause.objects.get(code=enquiry["clause"]),
        kind=EnquiryKind(enquiry["kind"]),
        text=enquiry["text"],
        is_named=enquiry.get("named", False),
        now=moment,
    )
    owner, reply = clause_owner(enquiry["clause"]), enquiry.get("reply")
    if reply is None or owner is None:
        return
    moment = (now - timedelta(days=reply["days"])).replace(hour=2, minute=0, second=0, microsecond=0)
    yield moment
    reply_to_enquiry(
        enquiry=asked, outcome=ReplyOutcome(reply["outcome"]), text=reply["text"], after=0, by=owner, now=moment
    )


def happenings(
    *, company: Mapping[str, Any], people: Mapping[str, User], program: Program, now: datetime
) -> Iterator[Acting]:
    """What the company's file says of leaving, leave, waivers, more time and talks, each by who supervises the person."""
    told: dict[str, Callable[..., None]] = {
        "leavers": _Happening.leaves_the_company,
        "leaves": _Happening.goes_on_leave,
        "waivers": _Happening.is_waived,
        "extensions": _Happening.gets_more_time,
        "talks": _Happening.is_talked_to,
    }
    administrator = login_of(company, Role.ADMINISTRATOR)
    for kind, happen in told.items():
        for name, days, *details in company.get(kind, ()):
            by = people[supervisor_of(company, name) or administrator]
            moment = (now - timedelta(days=days)).replace(hour=3, minute=30, second=0, microsecond=0)
            yield _Happening(people[name], by, program, moment, organisation_today(now)).go(happen, details)


@dataclass(frozen=True)
class _Happening:
    """Something that somebody does about a person at a moment, as one of its methods."""

    person: User
    by: User
    program: Program
    moment: datetime
    today: date
    """Of the demo: what is still to come is counted from it."""

    def go(self, happen: Callable[..., None], details: Iterable[Any]) -> Acting:
        yield self.moment
        happen(self, *details)

    @property
    def day(self) -> date:
        return organisation_today(self.moment)

    def leaves_the_company(self) -> None:
        end_employment(user=self.person, left_on=self.day - timedelta(days=1), by=self.by, now=self.moment)

    def goes_on_leave(self, until: int) -> None:
        ends_on = self.today - timedelta(days=until)
        record_leave(user=self.person, starts_on=self.day, ends_on=ends_on, by=self.by, now=self.moment)

    def is_waived(self, days: int | None, reason: str) -> None:
        waive_program(
            learner=self.person,
            program=self.program,
            starts_on=self.day,
            ends_on=self.day + timedelta(days=days) if days else None,
            reason=reason,
            by=self.by,
            now=self.moment,
        )

    def gets_more_time(self, days: int, reason: str) -> None:
        assignment = ProgramAssignment.objects.open().get(learner=self.person, program=self.program)
        due_on = self.today + timedelta(days=days)
        extend_assignment(assignment=assignment, due_on=due_on, reason=reason, by=self.by, now=self.moment)

    def is_talked_to(self, text: str) -> None:
        note_coaching_talk(learner=self.person, held_on=self.day, text=text, by=self.by, now=self.moment)
