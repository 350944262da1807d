"""Test databases: migrated once a run, copied for each worker, put back after each test that commits.

Migrating takes seconds, a copy takes milliseconds. A test with `transaction=True` (a race, a browser test) leaves its
rows behind; Django would flush every table, migration data (groups, locale, root page) included, and load that again
from JSON. Putting the whole database back from the template is quicker and leaves every id as the migrations made it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

RUN = "PIAWAI_TEST_RUN"
"""Environment variable: the folder that all workers of one run share. `make test` sets it, so that its runs share one."""

own_run = pytest.StashKey[str]()


class Store(Protocol):
    """Where the template and its copies are."""

    def create_template(self) -> str: ...
    def copy(self, worker: str) -> str: ...
    def restore(self) -> None: ...
    def remove(self, worker: str) -> None: ...


class SQLiteStore:
    def __init__(self, run: Path) -> None:
        self.run = run
        self.template = run / "template.sqlite3"

    def create_template(self) -> str:
        return str(self.template)

    def copy(self, worker: str) -> str:
        return shutil.copyfile(self.template, self.run / f"{worker}.sqlite3")

    def restore(self) -> None:
        # Through SQLite rather than by copying the file: a thread of the live server may still have it open.
        connection.close()
        with (
            closing(sqlite3.connect(self.template)) as source,
            closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as target,
        ):
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)

    def remove(self, worker: str) -> None:
        """The run's folder goes as a whole."""


class PostgreSQLStore:
    def __init__(self, run: Path) -> None:
        self.prefix = run.name.replace("-", "_")
        self.template = f"{self.prefix}_template"

    @contextmanager
    def server(self) -> Iterator[psycopg.Cursor[Any]]:
        names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        address = {name: connection.settings_dict[key] or None for name, key in names.items()}
        with psycopg.connect(dbname="postgres", autocommit=True, **address) as server:
            yield server.cursor()

    def create_template(self) -> str:
        with self.server() as server:
            self._drop(server, self.template)  # what a worker left whose migrations failed
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.template)))
        return self.template

    def copy(self, worker: str) -> str:
        name = f"{self.prefix}_{worker}"
        with self.server() as server:
            self._copy(server, name)
        return name

    def restore(self) -> None:
        connection.close()
        with self.server() as server:
            self._drop(server, connection.settings_dict["NAME"])
            self._copy(server, connection.settings_dict["NAME"])

    def remove(self, worker: str) -> None:
        with self.server() as server:
            self._drop(server, f"{self.prefix}_{worker}")

    def _copy(self, server: psycopg.Cursor[Any], name: str) -> None:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(self.template))
        )

    def _drop(self, server: psycopg.Cursor[Any], name: str) -> None:
        # FORCE ends what a thread of the live server may have left open.
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def store() -> Store:
    run = Path(os.environ[RUN])
    return SQLiteStore(run) if connection.vendor == "sqlite" else PostgreSQLStore(run)


def migrate_once(databases: Store) -> None:
    """The first worker to come makes the template; the others wait for it."""
    run = Path(os.environ[RUN])
    with (run / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _migrated(run).exists():
            return
        connection.close()
        connection.settings_dict["NAME"] = databases.create_template()
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        connection.close()
        _migrated(run).touch()


def _migrated(run: Path) -> Path:
    return run / f"migrated-{connection.vendor}"


def pytest_configure(config: pytest.Config) -> None:
    if RUN not in os.environ:
        os.environ[RUN] = config.stash[own_run] = tempfile.mkdtemp(prefix="piawai-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if own_run not in config.stash:
        return
    run = Path(config.stash[own_run])
    if _migrated(run).exists():
        store().remove("template")
    shutil.rmtree(run)
    del os.environ[RUN]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Instead of pytest-django's own, which migrates for each worker."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    databases = store()
    with django_db_blocker.unblock():
        migrate_once(databases)
        connection.settings_dict["NAME"] = databases.copy(worker)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: databases.restore())
        yield
    with django_db_blocker.unblock():
        connection.close()
        databases.remove(worker)
