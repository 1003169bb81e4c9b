"""The figures of four eyes on the wire, and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from meelezer.reviews.figures import Figures, Lengths, Per, Wished
from meelezer.reviews.tables import Outcome, PlacedAs
from meelezer.web.models import Closed

# Farther away a day has no beginning in every zone.
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]


class FiguresQuery(Closed):
    """Which cases, and how they are put together."""

    since: Day | None = Field(None, description="First day on which was asked, in the zone of the companion.")
    until: Day | None = Field(None, description="Last day on which was asked.")
    platform: Annotated[str, StringConstraints(max_length=64)] | None = None
    per: Per = "week"

    def wished(self) -> Wished:
        """Return them as the figures know them."""
        return Wished(self.since, self.until, self.platform, self.per)

    def days(self) -> tuple[date | None, date]:
        """Return the first day, if there is one, and the last, in the zone of this device."""
        return self.since, self.until or max(datetime.now(UTC).astimezone().date(), self.since or date.min)


class LengthsOut(BaseModel):
    """How long something took, in minutes."""

    count: int = Field(description="Of how many cases that is known.")
    median: int | None
    p90: int | None = Field(description="What nine of ten stay within.")


class FiguresRowOut(BaseModel):
    """The figures of one period, or of all; about cases, never about a person."""

    begins: date | None = Field(description="First day of the week or month; null for all together.")
    asked: int
    outcomes: dict[Outcome, int]
    without_outcome: int
    first_read: LengthsOut = Field(description="From asking until a colleague looked.")
    decision: LengthsOut = Field(description="From asking until the first decision.")
    approved: int
    returned: int = Field(description="Cases that came back at least once.")
    returns: int = Field(description="How often, all together.")
    returned_for: dict[str, int] = Field(description="Check -> returned versions about which it had something to say.")
    placed: dict[PlacedAs, int]
    closed: int = Field(description="Without a reply, with a reason.")
    unanswered: int = Field(description="Neither a reply nor a reason.")
    learned: int = Field(description="Of which somebody wrote down what the team learns from it.")
    timed: int = Field(description="Placed, and known when the complaint was posted.")
    within_promise: int | None = Field(
        description="Of those, within the team's promise; null where nothing is promised."
    )
    within_30: int = Field(description="Of those, within 30 minutes of the complaint.")
    within_60: int


class FiguresOut(BaseModel):
    """What remains when the texts are gone."""

    since: date | None = Field(description="First day on which was asked; null where any counts.")
    until: date = Field(description="Last day; that of today where none was given.")
    promise_minutes: int | None
    total: FiguresRowOut
    periods: list[FiguresRowOut] = Field(description="Those in which a colleague was asked, the newest first.")


def to_figures(query: FiguresQuery, total: Figures, periods: list[Figures], promise: timedelta | None) -> FiguresOut:
    """Return figures as the API tells them."""
    minutes = None if promise is None else int(promise.total_seconds() // 60)
    since, until = query.days()
    rows = [_row(each) for each in periods]
    return FiguresOut(since=since, until=until, promise_minutes=minutes, total=_row(total), periods=rows)


def to_csv(found: FiguresOut) -> str:
    """Return a line for each period, the oldest first, and one for the total; each says which days it was asked about.

    `lost` and the like are counts of cases.
    """
    days = found.model_dump(mode="json", include={"since", "until"})
    rows = [{**_line(each), **days} for each in (*reversed(found.periods), found.total)]
    written = io.StringIO()
    table = csv.DictWriter(written, fieldnames=list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return written.getvalue()


def _row(figures: Figures) -> FiguresRowOut:
    within_30, within_60 = figures.within
    return FiguresRowOut(
        begins=figures.begins, asked=figures.asked, outcomes=dict(figures.outcomes), without_outcome=figures.without_outcome,
        first_read=_lengths(figures.first_read), decision=_lengths(figures.decision), approved=figures.approved,
        returned=figures.returned, returns=figures.returns, returned_for=dict(figures.returned_for), placed=dict(figures.placed),
        closed=figures.closed, unanswered=figures.unanswered, learned=figures.learned,
        timed=figures.timed, within_promise=figures.within_promise, within_30=within_30, within_60=within_60,
    )  # fmt: skip


def _lengths(lengths: Lengths) -> LengthsOut:
    return LengthsOut(count=lengths.count, median=_minutes(lengths.median), p90=_minutes(lengths.p90))


def _minutes(length: timedelta | None) -> int | None:
    return None if length is None else round(length.total_seconds() / 60)


def _line(row: FiguresRowOut) -> dict[str, Any]:
    return dict(_cells(row.model_dump(mode="json", exclude={"returned_for"})))


def _cells(values: dict[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    for key, value in values.items():
        name = f"{before}{key}".replace("-", "_")
        if isinstance(value, dict):
            yield from _cells(value, f"{name}_")
        else:
            yield name, "total" if key == "begins" and value is None else value
