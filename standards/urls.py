from __future__ import annotations

from django.urls import path, register_converter

from standards.validators import CODE_PATTERN
from standards.views import chapter, clause, compare_editions, edition, editions, standards


class CodeConverter:
    regex = CODE_PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CodeConverter, "code")

urlpatterns = [
    path("standards/", standards, name="standards"),
    path("standards/chapters/<slug:slug>/", chapter, name="chapter"),
    path("standards/editions/", editions, name="editions"),
    path("standards/editions/compare/", compare_editions, name="compare_editions"),
    path("standards/editions/<int:number>/", edition, name="edition"),
    path("standards/<code:code>/", clause, name="clause"),
]
