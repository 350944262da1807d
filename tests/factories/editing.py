"""The chapter form of the admin, filled as an editor's browser would send it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from standards.models import ChapterPage, ClauseText

CLAUSE_FIELDS = (
    "code", "title", "statement", "why", "looks_like", "is_not", "you_decide", "beyond_that",
    "indicator_kind", "indicator_target", "indicator_measure", "indicator_method", "pitfalls",
)  # fmt: skip


def clause_row(text: ClauseText, **changes: Any) -> dict[str, Any]:
    """One clause of the form; `DELETE="on"` takes it out."""
    values = {name: getattr(text, name) for name in CLAUSE_FIELDS}
    tags = ",".join(tag.name for tag in text.tags.all())
    return {"id": text.pk or "", "tags": tags, "owner": "", "review_on": "", "change_kind": "", **values, **changes}


def chapter_form(page: ChapterPage, rows: list[dict[str, Any]] | None = None, **fields: Any) -> dict[str, Any]:
    """The edit form of the latest draft: `rows` from `clause_row`, anything else by the name of its field."""
    draft = page.get_latest_revision_as_object()
    texts = list(draft.clauses.all())
    shown = [clause_row(text) for text in texts] if rows is None else rows
    initial = len(texts)
    form = nested_form_data(
        {
            "title": draft.title,
            "slug": draft.slug,
            "summary": draft.summary,
            "seo_title": "",
            "search_description": "",
            "body": streamfield([]),
            "clauses": inline_formset(shown, initial=initial),
            "comments": inline_formset([]),
            "change_reason": "",
            **fields,
        }
    )
    for place, row in enumerate(shown):
        form[f"clauses-{place}-pitfalls"] = row["pitfalls"]
    return form


def save_chapter(
    client: Any, page: ChapterPage, rows: list[dict[str, Any]] | None = None, *, publish: bool = False, **fields: Any
) -> Any:
    """Send the form; follows nothing."""
    action = {"action-publish": "1"} if publish else {}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), chapter_form(page, rows, **action, **fields))
