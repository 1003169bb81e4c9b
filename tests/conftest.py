"""Shared by every test: the engine, and a way to ask it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from meelezer.core.conversation import Complaint, Conversation, Draft, Language, Writer
from meelezer.core.engine import Engine
from meelezer.core.report import Finding

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
