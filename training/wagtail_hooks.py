"""Registers the training part of the admin."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from training.views.programs import program_assign
from training.viewsets.programs import ProgramViewSet
from training.viewsets.scenarios import ScenarioViewSetGroup

register_snippet(ProgramViewSet)
register_snippet(ScenarioViewSetGroup)


@hooks.register("register_admin_urls")
def register_assigning() -> list[URLPattern]:
    return [path("programmes/<int:program_id>/assign/", program_assign, name="program_assign")]
