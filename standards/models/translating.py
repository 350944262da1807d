"""What a translated chapter says of its source: it travels with the page's revisions, whatever becomes of the source meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail_localize.models import StringSegment


def note_what_is_translated(source: Any, target: Any) -> None:
    """Note on a translation (`target`, a ChapterPage) the digest of the source's words that each of its clauses translates.

    A clause that lacks a string keeps none: part of it would be in another language than the rest.
    """
    segments = StringSegment.objects.filter(source__object=source.translation_key, source__locale=source.locale_id)
    strings = list(segments.annotate_translation(target.locale_id).values_list("context__path", "translation"))
    missing = [path for path, translation in strings if not translation]
    whole = _clause_keys(path for path, _translation in strings) - _clause_keys(missing)
    digests = {text.translation_key: text.content.sha256 for text in source.clauses.all()}
    for text in target.clauses.all():
        text.source_sha256 = digests[text.translation_key] if str(text.translation_key) in whole else ""
        text.change_kind = ""
    target.is_translated = bool(strings) and all(path.startswith("clauses.") for path in missing)


def _clause_keys(paths: Iterable[str]) -> set[str]:
    """The translation keys in paths such as `clauses.8f1c….title`."""
    return {path.split(".")[1] for path in paths if path.startswith("clauses.")}
