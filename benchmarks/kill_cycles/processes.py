"""The processes of a site: started, killed with signal 9, started again."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300
"""Seconds for a process to be there."""


class NotThere(Exception):
    """A process didn't come up in time."""


def wait_until(is_so: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if is_so():
                return
        time.sleep(0.05)
    raise NotThere(what)


class Managed:
    """One process. `command` is read anew at each start."""

    def __init__(self, name: str, log: Path) -> None:
        self.name, self.log = name, log
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = self.launch(log)

    def launch(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self.command(), cwd=ROOT, stdout=log, stderr=log)

    @property
    def lives(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        if self.process and self.lives:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        if self.process and self.lives:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


class Web(Managed):
    """gunicorn with two workers; killing takes one of them, which gunicorn replaces."""

    def __init__(self, log: Path) -> None:
        super().__init__("web worker", log)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def command(self) -> list[str]:
        address = f"127.0.0.1:{self.port}"
        return [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers=2", f"--bind={address}", "--timeout=60"]

    def start(self) -> None:
        super().start()
        wait_until(self.answers, "the web server")

    def answers(self) -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
            return answer.status == 200

    def kill(self) -> None:
        workers = self.workers()
        if workers:
            os.kill(random.choice(workers), signal.SIGKILL)

    def workers(self) -> list[int]:
        """The children of our gunicorn."""
        assert self.process is not None
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def come_back(self) -> None:
        wait_until(lambda: len(self.workers()) == 2 and self.answers(), "a web worker")


class JobWorker(Managed):
    """`manage.py db_worker`, always under the same name, as a systemd unit runs it."""

    def __init__(self, log: Path) -> None:
        super().__init__("job worker", log)

    def command(self) -> list[str]:
        return [sys.executable, "manage.py", "db_worker", "--worker-id=kill-cycles", "--interval=0.2"]

    def come_back(self) -> None:
        if not self.lives:
            self.start()


class PostgreSQL(Managed):
    """A server of its own, reached by a socket. What is confirmed is written to the system (synchronous_commit), though not to the disk."""

    def __init__(self, folder: Path, log: Path) -> None:
        super().__init__("database", log)
        self.folder = folder / "pg"
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not programs:
            raise NotThere("PostgreSQL isn't installed: apt-get install postgresql")
        self.programs = programs[-1]
        self.as_owner: list[str] = []
        self.folder.mkdir()
        if os.getuid() == 0:  # initdb and postgres refuse to run as root
            self.as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
            shutil.chown(self.folder, "postgres", "postgres")
            folder.chmod(0o711)  # so that the owner comes to its own folder in ours

    @property
    def url(self) -> str:
        return f"postgres://piawai@/{self.folder}/postgres"

    def make(self) -> None:
        initdb = [
            *self.as_owner, str(self.programs / "initdb"), f"--pgdata={self.folder}/data", "--username=piawai",
            "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        ]  # fmt: skip
        subprocess.run(initdb, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)

    def command(self) -> list[str]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "fsync": "off",
            "synchronous_commit": "on",
            "restart_after_crash": "on",
        }
        said = [f"--{name}={value}" for name, value in options.items()]
        return [*self.as_owner, str(self.programs / "postgres"), "-D", f"{self.folder}/data", *said]

    def launch(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self.command(), cwd=self.folder, stdout=log, stderr=log)

    def start(self) -> None:
        wait_until(self.is_ready, "PostgreSQL")

    def is_ready(self) -> bool:
        """Started where it doesn't live: what a killed server left of itself may take a moment to go, and the next ends at once."""
        if not self.lives:
            super().start()
            time.sleep(0.2)
        asked = [
            str(self.programs / "pg_isready"),
            "--quiet",
            f"--host={self.folder}",
            "--username=piawai",
            "--dbname=postgres",
        ]
        return subprocess.run(asked, check=False).returncode == 0

    def come_back(self) -> None:
        wait_until(self.is_ready, "PostgreSQL")

    def stop(self) -> None:
        if self.process and self.lives:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)
