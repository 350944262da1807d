from __future__ import annotations

from django.urls import path, register_converter

from standards.validators import CODE_PATTERN
from standards.views.editions import compare_editions, edition, editions
from standards.views.enquiries import ask, question, questions
from standards.views.printing import charter, charter_pdf, edition_pdf
from standards.views.reading import chapter, clause, clause_card, clause_search, standards
from standards.views.reviews import clause_review


class CodeConverter:
    regex = CODE_PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CodeConverter, "code")

urlpatterns = [
    path("standards/", standards, name="standards"),
    path("standards/search/", clause_search, name="clause_search"),
    path("standards/chapters/<slug:slug>/", chapter, name="chapter"),
    path("standards/editions/", editions, name="editions"),
    path("standards/editions/compare/", compare_editions, name="compare_editions"),
    path("standards/editions/<int:number>/", edition, name="edition"),
    path("standards/questions/", questions, name="questions"),
    path("standards/questions/<uuid:public_id>/", question, name="question"),
    path("standards/<code:code>/", clause, name="clause"),
    path("standards/<code:code>/card/", clause_card, name="clause_card"),
    path("standards/<code:code>/review/", clause_review, name="clause_review"),
    path("standards/<code:code>/ask/", ask, name="ask"),
    path("standards/editions/<int:number>/pdf/", edition_pdf, name="edition_pdf"),
    path("standards/editions/<int:number>/chapters/<uuid:chapter_key>/pdf/", edition_pdf, name="chapter_pdf"),
    path("charter/", charter, name="charter"),
    path("charter/pdf/", charter_pdf, name="charter_pdf"),
]
