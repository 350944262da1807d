"""People who sign, answer and choose over HTTP, and send again what wasn't answered."""

from __future__ import annotations

import http.client
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 300
"""Seconds for which a learner tries again."""

ROUNDS = 3
"""How often each question is answered, differently each time."""

CHOICES = ("listen", "sorry", "give")
SIGNED, ANSWERED, CHOSEN, HANDED_IN = "signed", "answered", "chosen", "handed in"


class GaveUp(Exception):
    """No answer, or another than one can get, for as long as a learner is patient."""


@dataclass
class Learner:
    """confirmed: what a page confirmed, in order. again: how often something had to be sent again."""

    pk: int
    session: str
    port: int
    confirmed: list[tuple[str, str]] = field(default_factory=list)
    again: int = 0

    def learn(self) -> None:
        self._sign()
        self._take_quiz()
        self._play()

    def _sign(self) -> None:
        page = self._get("/standards/chapters/reliability/")
        self._post(
            "/standards/chapters/reliability/",
            {"agree": "on", "versions": _field(page, "versions"), "texts": _field(page, "texts")},
            {302, 404},  # 404: signed, and the answer got lost
        )
        self.confirmed.append((SIGNED, "reliability"))

    def _take_quiz(self) -> None:
        self._post("/quizzes/reliability/", {"go": "start"}, {302})
        page = self._get("/quizzes/reliability/?q=1")
        attempt = _field(page, "attempt")
        for position, answer in self._answers():
            fields = {"go": "keep", "attempt": attempt, "answer": answer}
            self._post(f"/quizzes/reliability/?q={position}", fields, {204})
            self.confirmed.append((ANSWERED, f"{position}:{answer}"))
        self._post("/quizzes/reliability/", {"go": "hand-in", "attempt": attempt}, {302})
        self.confirmed.append((HANDED_IN, "reliability"))

    def _answers(self) -> Iterator[tuple[int, str]]:
        for position in (1, 2):
            options = re.findall(r'name="answer" value="([^"]+)"', self._get(f"/quizzes/reliability/?q={position}"))
            for number in range(ROUNDS):
                yield position, options[number % len(options)]

    def _play(self) -> None:
        self._post("/practice/surprise-fee/", {"start": "1"}, {302})
        run = _field(self._get("/practice/surprise-fee/"), "run")
        for position, choice in enumerate(CHOICES, start=1):
            self._post("/practice/surprise-fee/", {"run": run, "position": str(position), "choice": choice}, {302})
            self.confirmed.append((CHOSEN, f"{position}:{choice}"))

    def _get(self, path: str) -> str:
        return self._until("GET", path, "", {200})

    def _post(self, path: str, fields: dict[str, str], confirming: set[int]) -> None:
        self._until("POST", path, urlencode(fields), confirming)

    def _until(self, method: str, path: str, body: str, confirming: set[int]) -> str:
        """Send until the answer is one that confirms."""
        end, said = time.monotonic() + PATIENCE, ""
        while time.monotonic() < end:
            try:
                status, text = self._send(method, path, body)
            except (OSError, http.client.HTTPException) as error:
                said = repr(error)
            else:
                if status in confirming:
                    return text
                said = f"{status}"
            self.again += 1
            time.sleep(0.1)
        raise GaveUp(f"{method} {path} {body}: {said}")

    def _send(self, method: str, path: str, body: str) -> tuple[int, str]:
        token = secrets.token_hex(16)
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    if found is None:
        raise GaveUp(f"The page has no field “{name}”")
    return found[1]
