"""What erasure does where no list of columns says it: sessions, Wagtail's log, comments within revisions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry, PageLogEntry, Revision
from wagtail.models.pages import COMMENTS_RELATION_NAME

from people.models import User

MAKES = ("wagtail.comments.create", "wagtail.comments.create_reply")


def forget_sessions(*, person: User, pseudonym: str, now: datetime) -> int:
    """Whose a session is stands within its data: all are read."""
    sessions = Session.objects.iterator(chunk_size=500)
    theirs = [each.pk for each in sessions if each.get_decoded().get(SESSION_KEY) == str(person.pk)]
    return Session.objects.filter(pk__in=theirs).delete()[0]


def forget_in_page_log(*, person: User, pseudonym: str, now: datetime) -> int:
    """What they said in comments and decisions, which Wagtail copies into its log; a comment also when others reply to it."""
    logged = PageLogEntry.objects.filter(action__startswith="wagtail.comments.")
    made = list(logged.filter(user=person, action__in=MAKES).values_list("action", "data"))
    theirs = {
        "comment": {entry["comment"]["id"] for action, entry in made if action == "wagtail.comments.create"},
        "reply": {entry["reply"]["id"] for action, entry in made if action == "wagtail.comments.create_reply"},
    }
    changed = 0
    for pk, entry in logged.values_list("pk", "data").iterator(chunk_size=500):
        said = [part for kind, ids in theirs.items() if (part := entry.get(kind, {})).get("id") in ids and part["text"]]
        for part in said:
            part["text"] = ""
        changed += PageLogEntry.objects.filter(pk=pk).update(data=entry) if said else 0
    return changed + _blank_decisions(PageLogEntry, person)


def forget_in_model_log(*, person: User, pseudonym: str, now: datetime) -> int:
    """Entries about their account carry the name as a label; and what they said when they decided."""
    about = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    entries = ModelLogEntry.objects.filter(about).exclude(label=pseudonym, data={})
    return entries.update(label=pseudonym, data={}) + _blank_decisions(ModelLogEntry, person)


def forget_in_revisions(*, person: User, pseudonym: str, now: datetime) -> int:
    """Their comments, of which each revision of a page has a copy."""
    stored: Any = Cast("content", TextField())
    commented = Revision.objects.annotate(stored=stored).filter(stored__contains=f'"{COMMENTS_RELATION_NAME}": [{{')
    changed = 0
    for revision in commented.only("pk", "content").iterator(chunk_size=50):
        comments = revision.content[COMMENTS_RELATION_NAME]
        if _blank_theirs(comments, person):
            changed += Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    return changed


def _blank_theirs(comments: list[dict[str, Any]], person: User) -> int:
    said = [each for comment in comments for each in (comment, *comment.get("replies", ()))]
    theirs = [each for each in said if each.get("user") == person.pk and each.get("text")]
    for each in theirs:
        each["text"] = ""
    return len(theirs)


def _blank_decisions(model: type[Model], person: User) -> int:
    """The words with which they approved something or sent it back."""
    changed = 0
    entries: Any = model._default_manager.filter(user=person, action__startswith="wagtail.workflow.")
    for pk, entry in entries.values_list("pk", "data").iterator(chunk_size=500):
        if entry.get("comment"):
            changed += model._default_manager.filter(pk=pk).update(data={**entry, "comment": ""})
    return changed
