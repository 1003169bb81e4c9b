"""What is read: a complaint, the draft that answers it, and who writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
Channel = Literal["public", "private"]

MAX_TEXT_LENGTH = 20_000
"""Longest complaint or draft, in Unicode code points. Longer texts are refused, never cut."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the customer wrote in public, and what the page tells about it."""

    text: str
    author: str | None = None
    posted_at: datetime | None = None
    rating: float | None = None
    true_points: tuple[tuple[int, int], ...] = ()
    """What of it the writer says is true, start and end in code points; the engine never decides it (seed 004)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The reply as it is being typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Writer:
    """The employee who will be seen as the sender."""

    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One complaint and one draft; one of the two may be missing.

    `justified` is the writer's own judgement of the complaint. The engine never decides it (seed 004).
    `language` is the language of the texts; None means: detect it.
    """

    complaint: Complaint | None = None
    draft: Draft | None = None
    writer: Writer = Writer()
    platform: str | None = None
    channel: Channel = "public"
    justified: bool | None = None
    language: Language | None = None
