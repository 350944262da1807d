"""Telling people, once; sending what waits; what people have read and don't want mailed."""

from outbox.services.mailing import retry_mail, send_due_mail
from outbox.services.reading import choose_mails, mark_all_read, mark_read, stop_mails
from outbox.services.telling import Message, tell, tell_many

__all__ = [
    "Message",
    "choose_mails",
    "mark_all_read",
    "mark_read",
    "retry_mail",
    "send_due_mail",
    "stop_mails",
    "tell",
    "tell_many",
]
