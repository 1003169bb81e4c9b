"""Shared by every test: the engine, and a way to ask it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from meelezer.core.conversation import Complaint, Conversation, Draft, Language, Writer
from meelezer.core.engine import Engine
from meelezer.core.report import Finding
from meelezer.reviews.database import Database
from tests.postgres import Postgres, running

Find = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine with the shipped catalogue."""
    return Engine()


@pytest.fixture(scope="session")
def find(engine: Engine) -> Find:
    """Ask the engine for the findings on a draft."""

    def ask(
        text: str,
        language: Language | None = None,
        *,
        check: str | None = None,
        complaint: str | None = None,
        author: str | None = None,
        writer: Writer | None = None,
        platform: str | None = None,
    ) -> list[Finding]:
        report = engine.analyse(
            Conversation(
                complaint=Complaint(complaint, author) if complaint else None,
                draft=Draft(text),
                writer=writer or Writer(),
                platform=platform,
                language=language,
            )
        )
        assert not report.skipped
        return [finding for finding in report.findings if check in (None, finding.check)]

    return ask


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, for whoever asks."""
    # Not below pytest's own folder: the server's user must be able to reach it, and a socket's path is short.
    with tempfile.TemporaryDirectory(prefix="meelezer-pg-") as folder, running(Path(folder)) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database, once as SQLite and once in a real PostgreSQL."""
    address = "" if request.param == "sqlite" else request.getfixturevalue("postgres").new_database()
    opened = Database(tmp_path / "data", address)
    yield opened
    opened.close()
