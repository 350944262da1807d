from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from people.models import User
from tests.factories.people import NOW
from training.models import Program, ProgramAssignment
from training.services.assigning import assign_program
from training.services.programs import create_program


def make_program(*activities: Model, title: str = "Welcome to the shop", **fields: Any) -> Program:
    """A programme of these pages, due in 21 days and valid for 12 months unless told otherwise."""
    settings = {
        "slug": title.lower().replace(" ", "-"),
        "description": "",
        "days_to_complete": 21,
        "active_months": 12,
        **fields,
    }
    return create_program(title=title, activities=activities, by=None, now=NOW, **settings)


def assign(program: Program, learner: User, *, now: datetime = NOW, **fields: Any) -> ProgramAssignment:
    return assign_program(program=program, learner=learner, by=None, now=now, **fields)
