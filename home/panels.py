"""What the admin's first page shows besides Wagtail's own panels."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from people.models import User
from standards.selectors.chapters import current_edition
from standards.selectors.enquiries import open_enquiry_count_for_answerer


class StartPanel(Component):
    """The work that this person may do here, each with a sentence and its place."""

    name = "start"
    template_name = "home/admin/start.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, object]:
        user = parent_context["request"].user
        return {"places": places_for(user), "edition": current_edition()}


def places_for(user: User) -> list[dict[str, str]]:
    """Links to the parts of the admin in the order of the work: write, practise, check, assign, people."""
    writes = page_permission_policy.user_has_any_permission(user, {"add", "change", "publish"})
    places = [
        (
            writes,
            "doc-full",
            _("Standards"),
            _("Write chapters and publish them as the next edition."),
            "standards:index",
        ),
        (writes, "help", _("Questions and suggestions"), _waiting(user) if writes else "", "questions_report"),
        (
            writes,
            "glasses",
            _("Lessons"),
            _("What people read and watch, with questions to check themselves."),
            "lessons:index",
        ),
        (writes, "comment", _("Scenarios"), _("Role-plays, and the customers who stand in them."), "scenarios:index"),
        (
            user.has_perm("quizzes.view_question"),
            "help",
            _("Question bank"),
            _("Questions, each with the clauses that it asks about."),
            "wagtailsnippets_quizzes_question:list",
        ),
        (
            writes,
            "rotate",
            _("To look through"),
            _("Questions, lessons and scenarios whose clauses changed since."),
            "outdated_uses_report",
        ),
        (
            user.has_perm("training.view_program"),
            "list-ol",
            _("Programmes"),
            _("What people have to do, and who has to do it."),
            "wagtailsnippets_training_program:list",
        ),
        (
            user.has_perm("people.view_user"),
            "group",
            _("People"),
            _("Accounts and their invitation links."),
            "wagtailusers_users:index",
        ),
        (
            user.has_perm("people.view_all_people"),
            "table",
            _("Organisation"),
            _("How many people are certified, by branch, team, job role or programme, on any day."),
            "organisation",
        ),
        (
            user.has_perm("people.view_all_people"),
            "circle-check",
            _("Signatures"),
            _("Who has signed which chapter of the standards."),
            "team_standards",
        ),
    ]
    return [
        {"icon": icon, "title": title, "text": text, "url": reverse(view)}
        for may, icon, title, text, view in places
        if may
    ]


def _waiting(user: User) -> str:
    count = open_enquiry_count_for_answerer(user)
    if not count:
        return _("What staff ask and suggest at the clauses; nothing waits for an answer.")
    return ngettext("%(count)s from staff waits for an answer.", "%(count)s from staff wait for an answer.", count) % {
        "count": count
    }
