"""A record of learning on paper. Nothing is kept: it is set anew each time, as of that moment."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from core.selectors import base_address
from core.services import printed_mark, set_pdf
from core.services.printing import ACCESSIBLE
from home.selectors.record import record_language, record_sheet_for_learner
from people.models import User

STYLE = "css/record.css"


def print_record(*, learner: User, now: datetime) -> bytes:
    """The whole record of this person as a PDF, in their language and by the days of the branch where they work."""
    with translation.override(record_language(learner)):
        sheet = record_sheet_for_learner(learner, printed_mark(), now)
        context = {"sheet": sheet, "verify": base_address().partition("://")[2] + reverse("verify")}
        with timezone.override(sheet.zone):
            html = render_to_string("home/print/record.html", context)
    return set_pdf(html=html, style=STYLE, variant=ACCESSIBLE)
