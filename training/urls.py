from __future__ import annotations

from django.urls import path

from training.views.lessons import lesson, lessons
from training.views.scenarios import debrief, practice, scenario, scenario_again

urlpatterns = [
    path("lessons/", lessons, name="lessons"),
    path("lessons/<slug:slug>/", lesson, name="lesson"),
    path("practice/", practice, name="practice"),
    path("practice/<slug:slug>/", scenario, name="scenario"),
    path("practice/<slug:slug>/again/<uuid:public_id>/", scenario_again, name="scenario_again"),
    path("practice/<slug:slug>/debrief/<uuid:public_id>/", debrief, name="debrief"),
]
