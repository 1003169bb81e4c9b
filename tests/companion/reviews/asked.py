"""A draft to ask a colleague about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from meelezer.reviews.store import Asked

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

PLAIN = Asked(
    key="k-1",
    text="Beste Karin, wat fijn dat u zo goed kunt tellen.",
    writer="Sanne",
    writer_role="webcare",
    complaint="Al drie weken wacht ik op mijn pakket 😡 en niemand belt terug.",
    complaint_author="Karin",
    posted_at=NOON,
    rating=1.0,
    platform="trustpilot",
    page="https://shop.example/reviews/1",
    channel="public",
    justified=None,
    language="nl",
    severity=2,
    checks=("sarcasm",),
)


def asked(**changes: Any) -> Asked:
    """Return the draft with these differences."""
    return replace(PLAIN, **changes)
