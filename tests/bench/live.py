"""How the review pages stay up to date: by polling, as they do, and by server-sent events; side by side in one run, on SQLite.

`python tests/bench/live.py [--seconds 60]`. 60 open pages: half show /reviews, half one of ten cases each. Somebody returns or
reopens one of those cases about every three seconds, past the server, so that a busy one does not hold it up; a page knows it
once it has fetched what shows it. With a stream a page fetches when an event concerns it; a case then says every 15 seconds
who is reading, which polling does on the way. Another user opens /reviews every second, and gives up after ten.
"no page" is that user alone: what the server costs without any of this. CPU, memory and threads are the server's alone.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "companion"), str(ROOT), str(ROOT / "tests" / "e2e")]

import psutil
from live_pages import Browser, CasePage, Change, ListPage, Page
from reviews import conversations, fill

from meelezer.reviews.database import Database, StorageError
from meelezer.reviews.store import Reviews, Wanted
from meelezer.web.server import THREADS

PAGES, CASES, STORED = 60, 10, 500
CHANGE_EVERY, VISIT_EVERY = 3.0, 1.0
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")


@dataclass(frozen=True)
class Way:
    """One way to stay up to date; `threads` None: as it is served, without a stream."""

    name: str
    pages: int
    threads: int | None = None


WAYS = (
    Way("no page", 0),
    Way("polling", PAGES),
    Way(f"SSE, {THREADS} threads", PAGES, THREADS),
    Way("SSE, 70 threads", PAGES, 70),
)


def write(reviews: Reviews, cases: list[str], over: threading.Event, changes: list[Change]) -> None:
    """Return or reopen one case after the other; a case that the database is too busy for is passed over."""
    chance, turn = random.Random(2), 0
    # Not every three seconds to the letter, which would keep step with the server's own looks.
    while not over.wait(CHANGE_EVERY + chance.uniform(-0.5, 0.5)):
        case, who = cases[turn % len(cases)], "Reviewer 0"
        turn += 1
        try:
            review = reviews.get(case)
            if review.state == "waiting":
                review = reviews.decide(case, who, "returned", review.latest.number, "Leest als spot.")
            else:
                review = reviews.reopen(case, who)
        except StorageError:
            continue
        # Noted once the database had let it in: waiting for that is no part of how long a page takes.
        changes.append(Change(case, review.state, review.revision, review.changed_at.timestamp()))


def visit(browser: Browser, over: threading.Event, times: list[float]) -> None:
    """Open the list now and then; not answered is inf."""
    while not over.wait(VISIT_EVERY):
        start = time.perf_counter()
        status, _, _ = browser.ask("GET", "/reviews")
        times.append(time.perf_counter() - start if status == 200 else math.inf)


@contextmanager
def served(folder: Path, threads: int | None) -> Iterator[tuple[int, psutil.Process]]:
    """Serve what lies in `folder`; yield the port and the process."""
    arguments = [sys.executable, "-u", str(Path(__file__).with_name("live_server.py")), str(folder)]
    arguments += ["--threads", str(threads)] if threads else []
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            found = _ADDRESS.search(process.stdout.readline() if process.stdout else "")
            if not found:
                raise SystemExit("the server did not start")
            yield int(found[1]), psutil.Process(process.pid)
        finally:
            process.kill()


def begun(what: Callable[..., None], *arguments: object) -> threading.Thread:
    """Start something beside this; it never keeps the bench from ending."""
    thread = threading.Thread(target=what, args=arguments, daemon=True)
    thread.start()
    return thread


def opened(way: Way, port: int, cases: list[str]) -> list[Page]:
    """Open every page, one after the other and before any stream: a server without a free thread would open none."""
    pages: list[Page] = []
    for number in range(way.pages):
        name = f"Reader%20{number}"
        pages.append(CasePage(port, name, cases[number // 2 % len(cases)]) if number % 2 else ListPage(port, name))
        pages[-1].open()
    return pages


def measure(way: Way, seconds: float, folder: Path) -> dict[str, str]:
    """Serve the cases in `folder`, keep the pages open, and return the figures in words."""
    database = Database(folder)
    reviews = Reviews(database)
    cases = [each.id for each in reviews.listed(Wanted(state="waiting"), size=CASES).reviews]
    changes: list[Change] = []
    visits: list[float] = []
    ended, over = threading.Event(), threading.Event()
    with served(folder, way.threads) as (port, process):
        visitor = Browser(port)
        visitor.ask("GET", "/reviews")  # what the first request loads is not measured
        pages = opened(way, port, cases)
        threads = []
        for number, page in enumerate(pages):
            chance = random.Random(number)
            if way.threads:
                threads += [begun(page.listen, over), begun(page.follow, over, chance)]
            else:
                threads.append(begun(page.poll, over, chance))
        over.wait(ListPage.every)  # every page has looked once, and every stream that can be is open
        for page in pages:
            page.failed = 0
        others = [begun(write, reviews, cases, ended, changes), begun(visit, visitor, ended, visits)]
        cost = watch(process, seconds)
        ended.set()
        for thread in others:
            thread.join()
        over.wait(2 * ListPage.every)  # the last change has time to arrive
        failed, streams = sum(page.failed for page in pages), sum(page.is_streaming for page in pages)
        over.set()
    for thread in threads:
        thread.join()
    database.close()
    figures = {"changes": str(len(changes))}
    known = {page: page.known_after(changes) for page in pages}
    for name, kind in (("a page", Page), ("a list", ListPage), ("a case", CasePage)):
        figures[f"{name} knew, p50 / p95 s"] = spread(
            [t for page in pages if isinstance(page, kind) for t in known[page].values()]
        )
    told = [after for page in pages for after in page.told_after(changes).values()] if way.threads else []
    figures["its event came, p50 / p95 s"] = spread(told)
    due = [found for found in known.values() if found]
    nothing = sum(all(map(math.isinf, found.values())) for found in due)
    figures["pages that got nothing"] = f"{nothing} of {len(due)}" if due else "-"
    figures["streams that opened"] = f"{streams} of {len(pages)}" if way.threads else "-"
    figures["their requests that failed"] = str(failed) if pages else "-"
    figures |= cost
    figures["GET /reviews, p50 / p95 ms"] = spread([each * 1000 for each in visits], 0)
    figures["of which not answered"] = f"{sum(map(math.isinf, visits))} of {len(visits)}"
    return figures


def watch(process: psutil.Process, seconds: float) -> dict[str, str]:
    """Wait, and return what the server used: CPU per minute, and the most memory and threads it had."""

    def spent() -> float:
        times = process.cpu_times()
        return times.user + times.system

    start, before, memory, threads = time.perf_counter(), spent(), 0, 0
    while (left := start + seconds - time.perf_counter()) > 0:
        memory, threads = max(memory, process.memory_info().rss), max(threads, process.num_threads())
        time.sleep(min(left, 1.0))
    per_minute = (spent() - before) / (time.perf_counter() - start) * 60
    return {
        "CPU s per minute": f"{per_minute:.1f}",
        "memory (RSS) MiB": f"{memory / 2**20:.0f}",
        "threads": str(threads),
    }


def spread(values: list[float], digits: int = 2) -> str:
    """Return p50 and p95; what never came counts as longer than all else."""
    ordered = sorted(values)
    if not ordered:
        return "-"
    shares = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95))
    return " / ".join("never" if math.isinf(each) else f"{each:.{digits}f}" for each in shares)


def main() -> None:
    """Measure every way, and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    seconds = parser.parse_args().seconds
    found = []
    print(
        f"{PAGES} pages, {seconds:.0f} s each; polling every {ListPage.every:g} s (list), {CasePage.every:g} s (case)"
    )
    with tempfile.TemporaryDirectory(prefix="meelezer-bench-") as folder:
        filled = Path(folder) / "filled"
        database = Database(filled)
        fill(database, STORED, conversations())
        database.close()
        for number, way in enumerate(WAYS):
            print(f"{way.name} ...", flush=True)
            found.append(measure(way, seconds, shutil.copytree(filled, Path(folder) / str(number))))
    print(f"\n{'':29}" + "".join(f"{way.name:>17}" for way in WAYS))
    for what in found[0]:
        print(f"{what:29}" + "".join(f"{figures[what]:>17}" for figures in found))


if __name__ == "__main__":
    main()
