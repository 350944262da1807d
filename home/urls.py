from __future__ import annotations

from django.urls import path

from home.views.health import healthz, readyz
from home.views.remembering import team_memory
from home.views.signatures import team_standards, team_standards_file
from home.views.team import my_team, my_team_csv
from home.views.training import my_training

urlpatterns = [
    path("my/", my_training, name="my_training"),
    path("team/", my_team, name="my_team"),
    path("team/export.csv", my_team_csv, name="my_team_csv"),
    path("team/memory/", team_memory, name="team_memory"),
    path("team/standards/", team_standards, name="team_standards"),
    path("team/standards/export.csv", team_standards_file, {"kind": "csv"}, name="team_standards_csv"),
    path("team/standards/export.xlsx", team_standards_file, {"kind": "xlsx"}, name="team_standards_xlsx"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
