"""The demo: content, company, and a year of history made through the services, as people would have made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from core import clock
from home.selectors import content
from home.selectors.changes import first_texts, read_changes
from home.services.answering import slips_of
from home.services.company import load_company
from home.services.content import LANGUAGE, Loaded, load_programs, load_starter
from home.services.history import make_history
from home.services.reviews import make_reviews
from home.services.translations import load_translations
from outbox.services import mark_all_read
from people.enums import Role
from people.models import User
from standards.models import ChapterPage
from training.services.counting import count_missing_months
from training.services.refreshing import open_refreshers
from training.services.telling import tell_of_dates

DAYS_OF_HISTORY = 400
DEMO_DOMAIN = "@piawai.example"


class StandardsAreThere(Exception):
    """The database holds standards that somebody else published: the demo's history would begin before them."""


@transaction.atomic
def load_demo(*, now: datetime, people: int | None = None) -> Loaded | None:
    """Load everything, whole or not at all. None where the demo is there already: then nothing is touched.

    people: how many of the company's people, all of them if None; the six who can sign in are among the first.
    History is counted back from `now`; the same `now` makes the same history. Raises StandardsAreThere.
    """
    if User.objects.filter(email__endswith=DEMO_DOMAIN).exists():
        return None
    if ChapterPage.objects.exists():
        raise StandardsAreThere
    company = content.company(people)
    began = now - timedelta(days=DAYS_OF_HISTORY)
    staff = load_company(company=company, now=now)
    owners = {owner: staff[name] for owner, name in company["owners"].items()}
    editor, approver = (staff[content.login_of(company, role)] for role in (Role.EDITOR, Role.APPROVER))
    changes = read_changes(LANGUAGE)
    with clock.set_to(began):
        loaded = load_starter(
            by=editor,
            approved_by=approver,
            now=began,
            owners=owners,
            earlier=first_texts(changes),
            slips={slip["question"]: slip for slip in content.slips()},
        )
        further = load_programs(programs=[entry["program"] for entry in company["programs"]], by=editor, now=began)
    make_history(
        company=company,
        people=staff,
        changes=changes,
        enquiries=content.enquiries(),
        slips=slips_of(slips=content.slips(), quizzes=content.quizzes(LANGUAGE)),
        now=now,
    )
    _bring_up_to_date(staff.values(), now)
    make_reviews(now=now)
    load_translations(by=editor, now=now)
    return replace(loaded, programs=loaded.programs + len(further))


def _bring_up_to_date(people: Iterable[User], now: datetime) -> None:
    """What time does by itself, and people who have read their notices until a week ago."""
    open_refreshers(now=now)
    tell_of_dates(now=now)
    count_missing_months(by=None, now=now)
    for person in people:
        mark_all_read(person=person, until=now - timedelta(days=7), now=now)


def refuse_demo_accounts_in_production() -> None:
    """Raises ImproperlyConfigured where accounts with the published password would be served to the world."""
    if (
        settings.SETTINGS_MODULE.endswith(".production")
        and User.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True).exists()
    ):
        raise ImproperlyConfigured(
            f"This database holds demo accounts ({DEMO_DOMAIN}), whose password everybody knows. Switch them off first."
        )
