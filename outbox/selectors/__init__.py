"""Reads: a person's own notices and choices, what was told already, and the outbox as administrators see it."""

from outbox.selectors.choices import MailChoice, choices_for_person
from outbox.selectors.notices import (
    mails_for_report,
    notice_for_person,
    notices_for_person,
    notices_for_report,
    told_unscoped,
    unread_count,
)
from outbox.selectors.unsubscribing import Unsubscription, unsubscribe_token, unsubscription

__all__ = [
    "MailChoice",
    "Unsubscription",
    "choices_for_person",
    "mails_for_report",
    "notice_for_person",
    "notices_for_person",
    "notices_for_report",
    "told_unscoped",
    "unread_count",
    "unsubscribe_token",
    "unsubscription",
]
