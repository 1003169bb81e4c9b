"""Models of the API for what Meelezer knows: its checks, and the sites with their limits and rules."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from meelezer.core.conversation import Language
from meelezer.core.report import Level
from meelezer.web.models import Closed


class CheckOut(BaseModel):
    """One check of the catalogue."""

    id: str
    level: Level
    title: str
    message: str
    why: str | None
    languages: list[Language]
    source: str


class ChecksOut(BaseModel):
    """The catalogue, in the language asked for."""

    checks: list[CheckOut]


class PlatformRuleOut(BaseModel):
    """Something that a site allows in no reply, and what to do instead."""

    id: str
    label: str
    advice: str


class KnownPlatformOut(BaseModel):
    """A site whose limits and rules are known; its id goes into `platform` of an analysis."""

    id: str
    name: str
    most: int | None = Field(description="The longest reply it takes; null where no limit is known.")
    counting: Literal["characters", "weighted", "bytes", "graphemes"]
    rules: list[PlatformRuleOut]


class PlatformsOut(BaseModel):
    """The sites that are known, in the order of their names."""

    platforms: list[KnownPlatformOut]


class ChecksQuery(Closed):
    """Which language the texts come in."""

    locale: Language = "nl"
