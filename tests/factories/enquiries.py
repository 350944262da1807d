from __future__ import annotations

from datetime import datetime
from typing import Any

from people.models import User
from standards.enums import EnquiryKind, ReplyOutcome
from standards.models import Clause, ClauseText, Enquiry, EnquiryReply
from standards.services import ask_at_clause, reply_to_enquiry
from tests.factories.people import NOW, UserFactory


def ask(asker: User | None = None, code: str = "REL-1", *, now: datetime = NOW, **fields: Any) -> Enquiry:
    """Somebody asks something at a published clause."""
    asked = {"kind": EnquiryKind.QUESTION, "text": "What does that mean at the till?", "is_named": False, **fields}
    return ask_at_clause(asker=asker or UserFactory(), clause=Clause.objects.get(code=code), now=now, **asked)


def reply(
    enquiry: Enquiry,
    outcome: ReplyOutcome = ReplyOutcome.SHOWN,
    text: str = "It means that you do it.",
    *,
    by: User | None = None,
    now: datetime = NOW,
) -> EnquiryReply:
    """The next reply, from somebody who has seen those before."""
    return reply_to_enquiry(
        enquiry=enquiry, outcome=outcome, text=text, after=enquiry.replies.count(), by=by or UserFactory(), now=now
    )


def owned_by(owner: User, code: str = "REL-1") -> User:
    """Makes somebody the owner of a published clause."""
    ClauseText.objects.filter(code=code).update(owner=owner)
    return owner
