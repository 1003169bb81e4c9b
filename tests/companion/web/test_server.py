"""What a companion does before anybody asks."""

from __future__ import annotations

from meelezer.core.engine import Engine
from meelezer.core.report import Report
from meelezer.web.server import warm_up


class Noting(Engine):
    """An engine that notes what it found."""

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[Report] = []

    def analyse(self, *conversation, **more) -> Report:
        self.reports.append(super().analyse(*conversation, **more))
        return self.reports[-1]


def test_both_languages_are_read_before_the_first_user_comes():
    engine = Noting()
    warm_up(engine)
    assert [report.language for report in engine.reports] == ["nl", "en"]
    assert all(report.complaint is not None and not report.skipped for report in engine.reports)
