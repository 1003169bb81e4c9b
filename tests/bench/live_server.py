"""What `live.py` measures: the companion as it is served, and where it is asked for with a stream of server-sent events beside it.

`python tests/bench/live_server.py <data folder> [--threads N]`; without `--threads` nothing is added. Its first line ends in its address.
"""

from __future__ import annotations

import argparse
import logging
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "companion")]

from apiflask import APIFlask
from flask import Blueprint, Response
from sqlalchemy import func, select
from waitress.adjustments import Adjustments

from meelezer.messages import messages
from meelezer.reviews.database import Database
from meelezer.reviews.tables import Event
from meelezer.settings import Settings
from meelezer.web import server

PATH = "/live"
LOOK_SECONDS, HEARTBEAT_SECONDS = 1.0, 15.0
CONNECTIONS = 200
"""A page has one for its stream and one for what it fetches; waitress takes 100 unless told otherwise."""


class Watch:
    """Looks once a second, for all streams together, which cases changed: every change writes a line of history."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changes: list[tuple[int, str]] = []
        self._moved = threading.Condition()
        with database.reading() as session:
            self.newest: int = session.scalar(select(func.max(Event.id))) or 0
        threading.Thread(target=self._look, daemon=True).start()

    def since(self, number: int) -> list[tuple[int, str]]:
        """Wait for changes after `number`, at most until the heartbeat; return their numbers and cases."""
        with self._moved:
            self._moved.wait_for(lambda: self.newest > number, HEARTBEAT_SECONDS)
            return [each for each in self._changes if each[0] > number]

    def _look(self) -> None:
        pause = threading.Event()
        while not pause.wait(LOOK_SECONDS):
            with self._database.reading() as session:
                newer = select(Event.id, Event.review_id).where(Event.id > self.newest).order_by(Event.id)
                found = [(number, case) for number, case in session.execute(newer)]
            if found:
                with self._moved:
                    self._changes += found
                    self.newest = found[-1][0]
                    self._moved.notify_all()


def create_stream(database: Database) -> Blueprint:
    """Return the blueprint with the stream: one event with the cases that changed, each time any did."""
    live, watch = Blueprint("live", __name__), Watch(database)

    def events() -> Iterator[str]:
        seen = watch.newest
        yield ": open\n\n"
        while True:
            found = watch.since(seen)
            if not found:
                yield ": still here\n\n"
                continue
            seen = found[-1][0]
            yield f"id: {seen}\ndata: {' '.join(sorted({case for _, case in found}))}\n\n"

    @live.get(PATH)
    def stream() -> Response:
        return Response(events(), mimetype="text/event-stream")

    return live


def add_stream(threads: int) -> None:
    """Let the companion be served with the stream, by as many threads."""
    create_app = server.create_app

    def with_stream(settings: Settings, *, database: Database, **parts: Any) -> APIFlask:
        app = create_app(settings, database=database, **parts)
        app.register_blueprint(create_stream(database))
        return app

    server.create_app = with_stream
    server.THREADS = threads
    Adjustments.connection_limit = CONNECTIONS


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    if options.threads:
        add_stream(options.threads)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait is what is measured
    server.run(
        Settings(port=0, data_dir=options.data_dir, languagetool="off"), messages("en"), partial(print, flush=True)
    )


if __name__ == "__main__":
    main()
