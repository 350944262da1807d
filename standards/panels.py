"""Panels of the chapter editor."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from core.selectors import organisation
from standards.contributions import clause_uses, document_advice
from standards.domain.advice import MOST_WORDS, Advice, Lack, advice


class ClauseUsesPanel(Panel):
    """For each clause of the chapter: the questions and choices that cite it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "standards/admin/clause_uses_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            codes = self.instance.codes_in_force()
            uses = clause_uses(list(codes))
            context["rows"] = [(code, uses.get(pk, [])) for pk, code in codes.items()]
            context["heading"] = _("What cites each clause")
            return context


class AdvicePanel(Panel):
    """For each clause of the draft: what it lacks to be a good one; and what the whole document lacks."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "standards/admin/advice_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            settings = organisation()
            vague_words = [word for line in settings.vague_words.splitlines() if (word := line.strip())]
            found = (
                (clause, advice(clause.content, vague_words=vague_words, highest_grade=settings.highest_reading_grade))
                for clause in self.instance.clauses.all()
            )
            context["rows"] = [(clause, [in_words(one) for one in lacks]) for clause, lacks in found if lacks]
            context["of_document"] = document_advice()
            context["heading"] = _("What each clause lacks")
            return context


ADVICE = {
    Lack.INDICATOR: _("No indicator: say what is counted, timed or asked, and what it should come to."),
    Lack.REVERSE_EXAMPLE: _("No reverse example: say what it is not. People know their own habits by it."),
    Lack.BREVITY: _("The statement has %(detail)s words. People sign it: at most %(most)s can be kept in mind."),
    Lack.PRECISION: _("Vague: %(detail)s. Say how long, how much, or who."),
    Lack.EASE: _("Hard to read: it takes %(detail)s years of school. Shorter words, and one thought a sentence."),
}


def in_words(one: Advice) -> str:
    return ADVICE[one.lack] % {"detail": one.detail, "most": MOST_WORDS}
