"""Secrets in addresses never come into the log."""

from __future__ import annotations

import json
import logging.config

import pytest
import structlog
from django.conf import settings

from core.domain.logged import without_secrets


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /calendar/0f3a.Xy-_9.ics", "GET /calendar/…"),
        ("Not Found: /invitation/abc_DEF-123/", "Not Found: /invitation/…/"),
        ("POST /notices/unsubscribe/WyJh.b:c/", "POST /notices/unsubscribe/…/"),
        ("/accounts/password/reset/1-c9t-77/ and /calendar/x.ics", "/accounts/password/reset/…/ and /calendar/…"),
        ("/accounts/password/reset/done/", "/accounts/password/reset/done/"),
        ("GET /my/calendar/", "GET /my/calendar/"),
    ],
)
def test_the_secret_part_of_an_address_is_left_out(said, kept):
    assert without_secrets(None, "info", {"request": said, "code": 404}) == {"request": kept, "code": 404}


@pytest.mark.parametrize("log", [logging.getLogger("django.request"), structlog.get_logger("piawai")])
def test_every_line_of_the_log_goes_through_it(log, caplog):
    form = logging.config.DictConfigurator(settings.LOGGING).configure_formatter(
        dict(settings.LOGGING["formatters"]["structured"])
    )

    log.warning("Not Found: /calendar/secret.ics")

    assert json.loads(form.format(caplog.records[0]))["event"] == "Not Found: /calendar/…"
