"""Questions and suggestions at a clause, and the replies."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from people.models import User
from standards.domain.enquiries import OPEN_AT_MOST
from standards.enums import EnquiryKind, ReplyOutcome
from standards.models import (
    Clause,
    Enquiry,
    EnquiryReply,
    EnquiryText,
)


class ClauseNotInForce(Exception):
    """Nothing can be asked at a clause that doesn't apply."""


class TooManyOpen(Exception):
    """As many questions and suggestions of this person wait for an answer as may."""


class AnsweredMeanwhile(Exception):
    """Somebody else has replied since the page was read."""


@transaction.atomic
def ask_at_clause(
    *, asker: User, clause: Clause, kind: EnquiryKind, text: str, is_named: bool, now: datetime
) -> Enquiry:
    """Ask or suggest something at the version of a clause that is in force. is_named: whether who answers may see the asker's name.

    The same words at the same clause, as long as they wait for an answer, are one: the first is returned. Raises ClauseNotInForce,
    TooManyOpen.
    """
    User.objects.lock(asker)
    clause = Clause.objects.select_related("current_version").get(pk=clause.pk)
    waiting = Enquiry.objects.open().filter(asker=asker)
    if first := waiting.filter(version__clause=clause, kind=kind, wording__text=text).first():
        return first
    if clause.retired_at or clause.current_version is None:
        raise ClauseNotInForce
    if waiting.count() >= OPEN_AT_MOST:
        raise TooManyOpen
    enquiry = Enquiry.objects.create(
        kind=kind, version=clause.current_version, asker=asker, is_named=is_named, asked_at=now
    )
    EnquiryText.objects.create(enquiry=enquiry, text=text)
    return enquiry


@transaction.atomic
def reply_to_enquiry(
    *, enquiry: Enquiry, outcome: ReplyOutcome, text: str, after: int, by: User, now: datetime
) -> EnquiryReply:
    """Answer a question or a suggestion, correct the answer, or close it. after: the number of the last reply that was seen, 0 for none.

    The same reply twice is one: the first is returned. Raises AnsweredMeanwhile.
    """
    locked = Enquiry.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "version__clause__current_version"
    )
    enquiry = locked.get(pk=enquiry.pk)
    last = enquiry.replies.order_by("number").last()
    if last and (last.number, last.replied_by_id, last.outcome, last.text) == (after + 1, by.pk, outcome, text):
        return last
    if after != (last.number if last else 0):
        raise AnsweredMeanwhile
    return EnquiryReply.objects.create(
        enquiry=enquiry,
        number=after + 1,
        outcome=outcome,
        text=text,
        version=enquiry.version.clause.current_version or enquiry.version,
        replied_by=by,
        replied_at=now,
    )
