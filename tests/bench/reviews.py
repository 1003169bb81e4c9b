"""Four eyes under load: 50 writers and 10 reviewers on 5,000 stored cases, as fast as people work; on SQLite and PostgreSQL side by side.

`python tests/bench/reviews.py [--minutes 2] [--cases 5000]`. Writers ask, and look every five seconds how it stands, as the
extension does; reviewers keep the list open (a look every five seconds), open the most pressing case, comment, and decide.
Prints p50, p95 and the slowest of every page and call, what failed, and whether anything that was answered is missing afterwards.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import sys
import tempfile
import threading
import time
import uuid
from collections import defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "companion"), str(ROOT), str(ROOT / "tests" / "e2e")]

from companion_process import CompanionProcess
from tests.postgres import running

from meelezer.reviews.database import Database
from meelezer.reviews.store import Asked, Reviews
from meelezer.tokens import TokenStore

WRITERS, REVIEWERS = 50, 10
LOOK_EVERY, ASK_EVERY, DECIDE_EVERY = 5.0, 25.0, 15.0
CORPUS = ROOT / "companion" / "training" / "corpus"


def conversations() -> list[dict[str, str]]:
    """Return complaints with drafts of the corpus, as many different ones as there are."""
    found = []
    for path in sorted(CORPUS.glob("*-drafts*.jsonl")):
        found += [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [{"complaint": each["complaint"], "text": each["text"], "lang": each["lang"]} for each in found]


def fill(database: Database, cases: int, texts: list[dict[str, str]]) -> None:
    """Store cases of the last month, most of them decided."""
    reviews, chance = Reviews(database), random.Random(1)
    now = datetime.now(UTC)
    for number in range(cases):
        each = chance.choice(texts)
        at = now - timedelta(minutes=chance.randrange(60, 40_000))
        asked = Asked(
            key=f"old-{number}", text=each["text"], writer=f"Writer {number % WRITERS}", writer_role="webcare", complaint=each["complaint"],
            complaint_author="Klant", posted_at=at, rating=1.0, platform="google", page=None, channel="public", justified=None,
            language=each["lang"], severity=chance.randrange(1, 5), checks=("sarcasm",),
        )  # fmt: skip
        review, _ = reviews.ask(asked, at)
        if number % 20:
            reviews.decide(review.id, "Reviewer 0", "approved", 1)


class Measured:
    """Times of answers by what was asked, what failed, and what was promised to be stored."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = defaultdict(list)
        self.failed: dict[str, int] = defaultdict(int)
        self.stored: list[str] = []
        self.lock = threading.Lock()


class User:
    """One browser with one connection."""

    def __init__(self, port: int, token: str, measured: Measured, name: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.token, self.measured, self.name = token, measured, name
        self.cookies: dict[str, str] = {}

    def ask(
        self, what: str, method: str, path: str, body: object = None, form: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        headers = {
            "Sec-Fetch-Site": "same-origin",
            "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()),
        }
        content = None
        if form is not None:
            content, headers["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        elif path.startswith("/v1/"):
            headers["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            content, headers["Content-Type"] = json.dumps(body), "application/json"
        start = time.perf_counter()
        try:
            self.connection.request(method, path, content, headers)
            answer = self.connection.getresponse()
            raw = answer.read()
            status = answer.status
            for cookie in answer.headers.get_all("Set-Cookie", []):
                key, _, value = cookie.split(";")[0].partition("=")
                self.cookies[key] = value
        except (OSError, http.client.HTTPException):
            self.connection.close()
            status, raw = 0, b""
        took = time.perf_counter() - start
        with self.measured.lock:
            self.measured.times[what].append(took)
            # 409: a colleague was first, as it should be.
            if status not in (200, 201, 303, 304, 409):
                self.measured.failed[f"{what} {status}"] += 1
        return status, raw


def write(user: User, texts: list[dict[str, str]], over: threading.Event, seed: int) -> None:
    """Ask a colleague now and then, and look how it stands in between."""
    chance = random.Random(seed)
    over.wait(chance.random() * ASK_EVERY)
    while not over.is_set():
        each = chance.choice(texts)
        body = {
            "key": uuid.uuid4().hex, "draft": {"text": each["text"]}, "writer": {"name": user.name},
            "complaint": {"text": each["complaint"], "posted_at": datetime.now(UTC).isoformat()}, "platform": "google",
        }  # fmt: skip
        status, raw = user.ask("POST /v1/reviews (with analysis)", "POST", "/v1/reviews", body)
        if status not in (200, 201):
            continue
        review_id = json.loads(raw)["id"]
        with user.measured.lock:
            user.measured.stored.append(review_id)
        until = time.monotonic() + ASK_EVERY
        while time.monotonic() < until and not over.wait(LOOK_EVERY * (0.8 + 0.4 * chance.random())):
            user.ask("GET /v1/reviews/<id>", "GET", f"/v1/reviews/{review_id}")


def review(user: User, over: threading.Event, seed: int) -> None:
    """Keep the list open, take the most pressing case, and decide."""
    chance = random.Random(seed)
    over.wait(chance.random() * LOOK_EVERY)
    user.ask("page /reviews", "GET", "/reviews")
    decide_at = time.monotonic() + DECIDE_EVERY * chance.random()
    while not over.wait(LOOK_EVERY * (0.8 + 0.4 * chance.random())):
        user.ask("page /reviews, the part", "GET", "/reviews?part=1")
        if time.monotonic() < decide_at:
            continue
        decide_at = time.monotonic() + DECIDE_EVERY
        _, raw = user.ask("GET /v1/reviews", "GET", "/v1/reviews?state=waiting&size=25")
        waiting = json.loads(raw or b"{}").get("reviews", [])
        if not waiting:
            continue
        chosen = chance.choice(waiting)
        path = f"/reviews/{chosen['id']}"
        user.ask("page /reviews/<id>", "GET", path)
        user.ask("POST readers", "POST", f"/v1{path}/readers", {"by": user.name})
        user.ask(
            "form comments",
            "POST",
            f"{path}/comments",
            form={"by": user.name, "comment": "Leest als spot.", "version": str(chosen["version"])},
        )
        user.ask(
            "form decisions",
            "POST",
            f"{path}/decisions",
            form={
                "by": user.name,
                "version": str(chosen["version"]),
                "decision": chance.choice(["approved", "returned"]),
                "reason": "Leest als spot.",
            },
        )


def play(database: str, cases: int, minutes: float, texts: list[dict[str, str]], folder: Path) -> None:
    """Fill, serve, play and print."""
    kept = Database(folder, database)
    begun = time.perf_counter()
    fill(kept, cases, texts)
    print(
        f"\n{'PostgreSQL' if database else 'SQLite'}: {cases} cases stored in {time.perf_counter() - begun:.0f} s",
        flush=True,
    )
    companion = CompanionProcess(folder, database=database)
    measured, over = Measured(), threading.Event()
    token = TokenStore(folder).own_token()
    try:
        users = [User(companion.port, token, measured, f"Writer {n}") for n in range(WRITERS)]
        threads = [threading.Thread(target=write, args=(user, texts, over, n)) for n, user in enumerate(users)]
        readers = [User(companion.port, token, measured, f"Reviewer {n}") for n in range(REVIEWERS)]
        threads += [threading.Thread(target=review, args=(user, over, 100 + n)) for n, user in enumerate(readers)]
        for thread in threads:
            thread.start()
        over.wait(minutes * 60)
        over.set()
        for thread in threads:
            thread.join()
    finally:
        companion.kill()
    reviews = Reviews(kept)
    missing = [each for each in measured.stored if reviews.get(each).id != each]
    print(f"{'what':36} {'times':>6} {'p50 ms':>8} {'p95 ms':>8} {'most':>8}")
    for what, times in sorted(measured.times.items()):
        ordered = sorted(times)
        p50, p95 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 for share in (0.5, 0.95))
        print(f"{what:36} {len(times):6} {p50:8.1f} {p95:8.1f} {ordered[-1] * 1000:8.1f}")
    print(
        f"failed: {dict(measured.failed) or 'nothing'}; stored and answered: {len(measured.stored)}, missing: {len(missing)}",
        flush=True,
    )
    kept.close()


def main() -> None:
    """Play both databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--cases", type=int, default=5_000)
    options = parser.parse_args()
    texts = conversations()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="meelezer-bench-")))
        play("", options.cases, options.minutes, texts, folder / "sqlite")
        server = stack.enter_context(
            running(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="meelezer-pg-"))))
        )
        play(server.new_database(), options.cases, options.minutes, texts, folder / "postgresql")


if __name__ == "__main__":
    main()
