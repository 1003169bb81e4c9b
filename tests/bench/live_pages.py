"""The open pages of `live.py`: they ask what the pages' own scripts ask, and note what they knew when."""

from __future__ import annotations

import http.client
import json
import math
import queue
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from live_server import HEARTBEAT_SECONDS, PATH, ROOT

GIVES_UP_AFTER = 10.0
_ROW = re.compile(r'<li class="row (\w+)">\s*<a href="/reviews/([\w-]+)')
_REVISION = re.compile(r'data-revision="(\d+)"')


def interval(script: str) -> float:
    """Return how often a page looks, in seconds, as its own script says."""
    text = (ROOT / "companion" / "meelezer" / "web" / "static" / script).read_text("utf-8")
    return int(re.findall(r"FRESH_MS = (\d+)", text)[0]) / 1000


@dataclass(frozen=True)
class Change:
    """What a case became, and when (seconds since the epoch, as `told` and `shown`)."""

    case: str
    state: str
    revision: int
    at: float


class Browser:
    """One user with one connection; `failed` counts what was not answered in time, or not well."""

    def __init__(self, port: int, name: str = "") -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=GIVES_UP_AFTER)
        self.cookies = {"meelezer_name": name} if name else {}
        self.failed = 0

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: str | None = None
    ) -> tuple[int, http.client.HTTPMessage, str]:
        sent = {"Sec-Fetch-Site": "same-origin", "Cookie": self.cookie, **(headers or {})}
        try:
            self.connection.request(method, path, body, sent)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.failed += 1
            return 0, http.client.HTTPMessage(), ""
        for cookie in answer.headers.get_all("Set-Cookie", []):
            key, _, value = cookie.split(";")[0].partition("=")
            self.cookies[key] = value
        self.failed += answer.status not in (200, 304)
        return answer.status, answer.headers, text

    @property
    def cookie(self) -> str:
        return "; ".join(f"{key}={value}" for key, value in self.cookies.items())


class Page(Browser):
    """An open page: what it showed when, and which cases events told it about when."""

    every: float

    def __init__(self, port: int, name: str) -> None:
        super().__init__(port, name)
        self.shown: list[tuple[float, Any]] = []
        self.told: list[tuple[float, list[str]]] = []
        self.is_streaming = False
        self._events: queue.SimpleQueue[list[str] | None] = queue.SimpleQueue()

    def open(self) -> None:
        raise NotImplementedError

    def look(self) -> None:
        """Ask whether anything changed, as the page's script does."""
        raise NotImplementedError

    def fetch(self) -> None:
        """Get what is new; it is known from here on."""
        raise NotImplementedError

    def concerns(self, case: str) -> bool:
        raise NotImplementedError

    def shows(self, shown: Any, change: Change) -> bool:
        raise NotImplementedError

    def poll(self, over: threading.Event, chance: random.Random) -> None:
        """Look again and again, each page at its own moments."""
        at = time.perf_counter() + chance.random() * self.every
        while not over.wait(max(0.0, at - time.perf_counter())):
            self.look()
            at = max(at + self.every, time.perf_counter())

    def listen(self, over: threading.Event) -> None:
        """Keep a stream open, and note the events that concern this page."""
        while not over.is_set():
            stream = http.client.HTTPConnection("127.0.0.1", self.port)  # as EventSource: waits as long as it takes
            try:
                stream.request("GET", PATH, headers={"Cookie": self.cookie, "Accept": "text/event-stream"})
                answer = stream.getresponse()
                while line := answer.readline():
                    self.is_streaming = True
                    if line.startswith(b"data: "):
                        cases = [each for each in line.decode().split()[1:] if self.concerns(each)]
                        self.told.append((time.time(), cases))
                        if cases:
                            self._events.put(cases)
            except (OSError, http.client.HTTPException):
                pass
            stream.close()
            over.wait(3.0)
        self._events.put(None)

    def follow(self, over: threading.Event, chance: random.Random) -> None:
        """Fetch what events are about; several that came meanwhile are one."""
        at = time.perf_counter() + chance.random() * HEARTBEAT_SECONDS
        while not over.is_set():
            try:
                told = self._events.get(timeout=max(0.0, at - time.perf_counter()))
                while told is not None and not self._events.empty():
                    told = self._events.get()
                if told is None:
                    return
                self.fetch()
            except queue.Empty:
                self.say_reading()
                at = time.perf_counter() + HEARTBEAT_SECONDS

    def say_reading(self) -> None:
        """Only a case does."""

    def known_after(self, changes: list[Change]) -> dict[Change, float]:
        """Return after how many seconds the page knew each change that concerns it; inf: never."""
        return self._after(changes, self.shown, self.shows)

    def told_after(self, changes: list[Change]) -> dict[Change, float]:
        """Return after how many seconds an event came."""
        return self._after(changes, self.told, lambda cases, change: change.case in cases)

    def _after(
        self, changes: list[Change], noted: list[tuple[float, Any]], is_it: Callable[[Any, Change], bool]
    ) -> dict[Change, float]:
        found, newer = {}, {}
        for change in reversed(changes):
            if self.concerns(change.case):
                first = next((at for at, what in noted if at >= change.at and is_it(what, change)), math.inf)
                # Who knows what became of it later missed nothing.
                newer[change.case] = min(first, newer.get(change.case, math.inf))
                found[change] = newer[change.case] - change.at
        return found


class ListPage(Page):
    """/reviews: asks for the list alone, if it is another than it has."""

    every = interval("review-list.js")

    def __init__(self, port: int, name: str) -> None:
        super().__init__(port, name)
        self._seen: str | None = None

    def open(self) -> None:
        self.ask("GET", "/reviews")

    def look(self) -> None:
        self.fetch()

    def fetch(self) -> None:
        known = {"If-None-Match": self._seen} if self._seen else {}
        status, headers, html = self.ask("GET", "/reviews?part=1", known)
        if status == 200:
            self._seen = headers["ETag"]
            waiting = {case for state, case in _ROW.findall(html) if state == "waiting"}
            self.shown.append((time.time(), waiting))

    def concerns(self, case: str) -> bool:
        return True

    def shows(self, shown: Any, change: Change) -> bool:
        return (change.case in shown) == (change.state == "waiting")


class CasePage(Page):
    """/reviews/<id>: says who is reading, and fetches itself where the answer counts more changes."""

    every = interval("review.js")

    def __init__(self, port: int, name: str, case: str) -> None:
        super().__init__(port, name)
        self.case, self.revision = case, 0

    def open(self) -> None:
        self.fetch()
        self.look()

    def look(self) -> None:
        body = json.dumps({"by": self.cookies["meelezer_name"]})
        headers = {"Content-Type": "application/json"}
        status, _, raw = self.ask("POST", f"/v1/reviews/{self.case}/readers", headers, body)
        if status == 200 and json.loads(raw)["revision"] != self.revision:
            self.fetch()

    def say_reading(self) -> None:
        self.look()

    def fetch(self) -> None:
        status, _, html = self.ask("GET", f"/reviews/{self.case}")
        if status == 200 and (found := _REVISION.search(html)):
            self.revision = int(found[1])
            self.shown.append((time.time(), self.revision))

    def concerns(self, case: str) -> bool:
        return case == self.case

    def shows(self, shown: Any, change: Change) -> bool:
        return bool(shown >= change.revision)
