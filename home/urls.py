from __future__ import annotations

from django.urls import path

from home.views.health import healthz, readyz
from home.views.team import my_team, my_team_csv
from home.views.training import my_training

urlpatterns = [
    path("my/", my_training, name="my_training"),
    path("team/", my_team, name="my_team"),
    path("team/export.csv", my_team_csv, name="my_team_csv"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
