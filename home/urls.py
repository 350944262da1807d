from __future__ import annotations

from django.urls import path

from home.views import person_actions
from home.views.calendars import calendar_feed, my_calendar, my_calendar_new, my_calendar_stop
from home.views.health import healthz, readyz
from home.views.organisation import (
    organisation,
    organisation_count,
    organisation_file,
    organisation_people,
    organisation_people_file,
)
from home.views.person import team_person, team_person_evidence, team_person_remind
from home.views.progress import team_progress
from home.views.record import my_record, my_record_pdf, team_person_record
from home.views.remembering import team_memory
from home.views.signatures import team_standards, team_standards_file
from home.views.team import my_team, my_team_file
from home.views.team_bulk import team_bulk
from home.views.training import my_training

urlpatterns = [
    path("my/", my_training, name="my_training"),
    path("my/record/", my_record, name="my_record"),
    path("my/record.pdf", my_record_pdf, name="my_record_pdf"),
    path("my/calendar/", my_calendar, name="my_calendar"),
    path("my/calendar/new/", my_calendar_new, name="my_calendar_new"),
    path("my/calendar/stop/", my_calendar_stop, name="my_calendar_stop"),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("team/", my_team, name="my_team"),
    path("team/export.csv", my_team_file, {"kind": "csv"}, name="my_team_csv"),
    path("team/export.xlsx", my_team_file, {"kind": "xlsx"}, name="my_team_xlsx"),
    path("team/bulk/", team_bulk, name="team_bulk"),
    path("team/people/<uuid:public_id>/", team_person, name="team_person"),
    path("team/people/<uuid:public_id>/record.pdf", team_person_record, name="team_person_record"),
    path("team/people/<uuid:public_id>/coaching/", person_actions.team_person_coaching, name="team_person_coaching"),
    path("team/people/<uuid:public_id>/leave/", person_actions.team_person_leave, name="team_person_leave"),
    path("team/people/<uuid:public_id>/assign/", person_actions.team_person_assign, name="team_person_assign"),
    path("team/people/<uuid:public_id>/remind/<slug:slug>/", team_person_remind, name="team_person_remind"),
    path(
        "team/people/<uuid:public_id>/extend/<slug:slug>/",
        person_actions.team_person_extend,
        name="team_person_extend",
    ),
    path("team/people/<uuid:public_id>/waive/<slug:slug>/", person_actions.team_person_waive, name="team_person_waive"),
    path(
        "team/people/<uuid:public_id>/prior-learning/<slug:slug>/",
        person_actions.team_person_prior_learning,
        name="team_person_prior_learning",
    ),
    path(
        "team/people/<uuid:public_id>/release/<slug:slug>/",
        person_actions.team_person_release,
        name="team_person_release",
    ),
    path(
        "team/people/<uuid:public_id>/waivers/<uuid:waiver_id>/end/",
        person_actions.team_person_end_waiver,
        name="team_person_end_waiver",
    ),
    path(
        "team/people/<uuid:public_id>/evidence/<uuid:evidence_id>/",
        team_person_evidence,
        name="team_person_evidence",
    ),
    path("team/progress/", team_progress, name="team_progress"),
    path("team/organisation/", organisation, name="organisation"),
    path("team/organisation/count/", organisation_count, name="organisation_count"),
    path("team/organisation/export.csv", organisation_file, {"kind": "csv"}, name="organisation_csv"),
    path("team/organisation/export.xlsx", organisation_file, {"kind": "xlsx"}, name="organisation_xlsx"),
    path("team/organisation/people/", organisation_people, name="organisation_people"),
    path(
        "team/organisation/people/export.csv",
        organisation_people_file,
        {"kind": "csv"},
        name="organisation_people_csv",
    ),
    path(
        "team/organisation/people/export.xlsx",
        organisation_people_file,
        {"kind": "xlsx"},
        name="organisation_people_xlsx",
    ),
    path("team/memory/", team_memory, name="team_memory"),
    path("team/standards/", team_standards, name="team_standards"),
    path("team/standards/export.csv", team_standards_file, {"kind": "csv"}, name="team_standards_csv"),
    path("team/standards/export.xlsx", team_standards_file, {"kind": "xlsx"}, name="team_standards_xlsx"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
