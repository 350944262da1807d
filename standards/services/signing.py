"""Signing what is in force."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from wagtail.models import Locale

from people.models import User
from standards.models import (
    AcknowledgedClause,
    Acknowledgement,
    Clause,
    Edition,
)
from standards.selectors.reading import (
    signature_for_learner,
    to_sign_for_learner,
)
from standards.signals import chapter_acknowledged


class StandardsChanged(Exception):
    """What the reader saw is not what this person has to sign now."""


class NothingToSign(Exception):
    """The chapter has no clause in force."""


@transaction.atomic
def acknowledge_chapter(
    *,
    learner: User,
    chapter_key: uuid.UUID,
    versions: Collection[int],
    texts: Collection[int] | None = None,
    sentence: str,
    locale: Locale,
    now: datetime,
) -> Acknowledgement:
    """Sign what this person still has to sign of a chapter: `versions` are the ids of exactly those ClauseVersions, as shown.

    texts: ids of the ClauseVersionTexts that were shown, None for those in force in `locale`. The signature is in `locale`
    where a clause is, else in the source language. The same signature twice is one: the first is returned. Raises
    StandardsChanged when what was shown isn't what is to be signed now, NothingToSign for a chapter without clauses.
    """
    User.objects.lock(learner)
    edition = Edition.objects.order_by("-number").first()
    if edition is None or not Clause.objects.filter(chapter_key=chapter_key, retired_at=None).exists():
        raise NothingToSign
    wanted = to_sign_for_learner(learner, chapter_key, locale)
    to_sign = wanted.clauses
    if not to_sign and (first := signature_for_learner(learner, versions)):
        return first
    if not to_sign or {clause.version_id for clause in to_sign} != set(versions):
        raise StandardsChanged
    if texts is not None and {clause.text_id for clause in to_sign} != set(texts):
        raise StandardsChanged
    is_read_in_it = any(clause.language == locale.language_code for clause in to_sign)
    acknowledgement = Acknowledgement.objects.create(
        learner=learner,
        chapter_key=chapter_key,
        edition=edition,
        locale=locale if is_read_in_it else Locale.get_default(),
        sentence=sentence,
        acknowledged_at=now,
        again_since=wanted.again_since,
    )
    AcknowledgedClause.objects.bulk_create(
        AcknowledgedClause(
            acknowledgement=acknowledgement,
            version_id=clause.version_id,
            text_id=clause.text_id,
            is_again=clause.clause_id in wanted.held,
        )
        for clause in to_sign
    )
    chapter_acknowledged.send(sender=Acknowledgement, acknowledgement=acknowledgement, now=now)
    return acknowledgement
