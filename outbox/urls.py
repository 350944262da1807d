from __future__ import annotations

from django.urls import path

from outbox.views.notices import notice_open, notice_settings, notices, notices_read
from outbox.views.unsubscribing import notice_unsubscribe

urlpatterns = [
    path("notices/", notices, name="notices"),
    path("notices/read/", notices_read, name="notices_read"),
    path("notices/settings/", notice_settings, name="notice_settings"),
    path("notices/unsubscribe/<str:token>/", notice_unsubscribe, name="notice_unsubscribe"),
    path("notices/<uuid:public_id>/open/", notice_open, name="notice_open"),
]
