"""The editor of a quiz."""

from __future__ import annotations

from wagtail.admin import messages
from wagtail.models import Page

from people.middleware import SignedInRequest
from quizzes.models import QuizPage


def warn_of_short_draws(request: SignedInRequest, page: Page) -> None:
    """Before the editor is shown: the bank may have changed since, and a tag or a question be gone."""
    if request.method != "GET" or not isinstance(page, QuizPage):
        return
    # Wagtail's script asks for the editor's parts too, once a new page has saved itself; nobody would read it there.
    if "_w_hydrate_create_view" not in request.GET and (fault := page.publication_fault()):
        messages.warning(request, fault)
