"""Models of the API for a complaint as read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field

from meelezer.core.conversation import Language

Offset = Annotated[int, Field(ge=0, description="In UTF-16 code units of the text that was sent.")]


class CueOut(BaseModel):
    """A sign in the complaint, with the words that show it."""

    id: str
    label: str
    start: Offset | None = None
    end: Offset | None = None


class PointOut(BaseModel):
    """Something the customer asks, demands or states; `answered` is null without a draft."""

    start: Offset
    end: Offset
    answered: bool | None = None
    is_true: bool = Field(False, description="The writer says so.")
    conceded: bool | None = Field(None, description="Of a true one, whether the draft concedes it.")


class FactOut(BaseModel):
    """A sentence, and what it says apart from its tone: the customer's own words, fewer of them."""

    start: Offset
    end: Offset
    text: str


class SeverityOut(BaseModel):
    """How serious the complaint is, from 1 to 4, and why."""

    level: Annotated[int, Field(ge=1, le=4)]
    reasons: list[CueOut]


class ComplainerOut(BaseModel):
    """What kind of complaint this may be, to be shown as 'possibly', and how to approach it."""

    type: str = Field(description="meek, aggressive, high-roller, opportunist, chronic or activist.")
    label: str
    start: Offset
    end: Offset
    approach: str


class ClockMarkOut(BaseModel):
    """A moment by which customers expect an answer."""

    minutes: int
    due_at: AwareDatetime
    state: Literal["ahead", "near", "passed"]


class ClockOut(BaseModel):
    """How long the customer has been waiting."""

    posted_at: AwareDatetime
    marks: list[ClockMarkOut]


class ComplaintOut(BaseModel):
    """The complaint as read."""

    language: Language
    kinds: list[CueOut]
    expectations: list[CueOut]
    points: list[PointOut]
    facts: list[FactOut] = Field(
        description="The complaint without insults, shouting and curses; at most eight sentences."
    )
    severity: SeverityOut | None
    complainer: ComplainerOut | None
    house_rules: list[CueOut]
    advice: list[str]
    clock: ClockOut | None
