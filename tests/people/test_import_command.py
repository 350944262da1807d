"""`import_people`: what it prints, what it writes, how it ends."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from people.models import Invitation, User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

CSV = "E-mail,Name,Salary\nsiti@example.com,Siti,1\nali@example.com,Ali,2\n"


def run(tmp_path, content: str, *options: str) -> tuple[str, str]:
    file = tmp_path / "staff.csv"
    file.write_text(content)
    out, err = StringIO(), StringIO()
    try:
        call_command("import_people", file, *options, stdout=out, stderr=err)
    except CommandError as refused:
        return f"{out.getvalue()}{refused}", err.getvalue()
    return out.getvalue(), err.getvalue()


def test_a_file_comes_in_once(tmp_path):
    by = UserFactory(email="admin@example.com")
    said, told = run(tmp_path, CSV, "--by", "admin@example.com", "--invite")

    assert said == "Joins: 2\nHere and not in the file, left as they are: 1\nCame in: 2. Invited: 2.\n"
    assert told == "Line 1: warning: The column “Salary” isn’t known and was left out.\n"
    assert {invitation.invited_by for invitation in Invitation.objects.all()} == {by}
    assert run(tmp_path, CSV)[0].endswith("Came in: 0. Invited: 0.\n")


def test_a_dry_run_writes_nothing(tmp_path):
    assert run(tmp_path, CSV, "--dry-run")[0] == "Joins: 2\nNothing was written.\n"
    assert not User.objects.exists()


def test_a_refused_file_tells_a_line_for_each_fault(tmp_path):
    said, told = run(tmp_path, "E-mail,Name\nsiti@example.com,Siti\nali,Ali\n,Tan\n")

    assert said == "Can’t come in: 2\nJoins: 1\nThe file was refused. Nothing was written."
    assert told.splitlines() == [
        "Line 3: error: E-mail: “ali” is no e-mail address.",
        "Line 4: error: This row has neither an employee number nor an e-mail.",
    ]
    assert not User.objects.exists()
