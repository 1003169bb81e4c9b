"""One question to the engine as it is shipped, and its answer by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from meelezer.core.conversation import Complaint, Conversation, Draft, Language, Writer
from meelezer.core.report import ComplaintReport, Finding, PresentComponent, Report
from meelezer.shipped import shipped_engine


@dataclass(frozen=True)
class Answer:
    """A report, with its parts by name."""

    report: Report

    def found(self, check: str) -> list[Finding]:
        return [finding for finding in self.report.findings if finding.check == check]

    def levels(self, check: str) -> list[str]:
        return [finding.level for finding in self.found(check)]

    def component(self, component: str) -> PresentComponent:
        return next(each for each in self.report.components if each.id == component)

    @property
    def complaint(self) -> ComplaintReport:
        assert self.report.complaint is not None
        return self.report.complaint


Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def ask() -> Ask:
    engine = shipped_engine()

    def answer(
        draft: str | None,
        complaint: str | None = None,
        *,
        language: Language | None = "nl",
        locale: Language = "nl",
        author: str | None = None,
        posted_at: datetime | None = None,
        now: datetime | None = None,
        promise: timedelta | None = None,
        writer: Writer | None = None,
        **more: object,
    ) -> Answer:
        report = engine.analyse(
            Conversation(
                Complaint(complaint, author, posted_at) if complaint is not None else None,
                Draft(draft) if draft is not None else None,
                writer or Writer(),
                language=language,
                **more,  # type: ignore[arg-type]
            ),
            locale,
            now,
            promise,
        )
        assert not report.skipped
        return Answer(report)

    return answer
