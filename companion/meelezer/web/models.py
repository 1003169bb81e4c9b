"""The contract: what goes over the wire, once. `shared/api/openapi.json` is written from here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from meelezer.core.conversation import MAX_TEXT_LENGTH, Channel, Language
from meelezer.core.report import Level, SeenBy
from meelezer.languagetool.proofreading import Category
from meelezer.languagetool.quiet import Severity
from meelezer.web.complaint_models import ComplaintOut, Offset

Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT_LENGTH)]
Name = Annotated[str, StringConstraints(max_length=200)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Closed(BaseModel):
    """Unknown keys are refused: a misspelt key must never be silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlaceIn(Closed):
    """A half-open range of the text that is sent along."""

    start: Offset
    end: Offset


class ComplaintIn(Closed):
    """What the customer wrote."""

    text: Text
    author: Name | None = None
    posted_at: AwareDatetime | None = Field(None, description="RFC 3339 with offset.")
    rating: float | None = Field(None, ge=0, le=10, description="Stars or mark that came with it.")
    true_points: list[PlaceIn] = Field(
        [], max_length=20, description="What of it the writer says is true; the tool never decides it."
    )


class DraftIn(Closed):
    """The reply as it is being typed."""

    text: Text


class WriterIn(Closed):
    """Who will be seen as the sender."""

    name: Name | None = None
    role: Name | None = None


class AnalysisIn(Closed):
    """A complaint and a draft; at least one of the two."""

    complaint: ComplaintIn | None = None
    draft: DraftIn | None = None
    writer: WriterIn | None = None
    platform: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        None, description="Id of shared/platforms; unknown means generic."
    )
    channel: Channel = "public"
    justified: bool | None = Field(
        None, description="The writer's own judgement of the complaint; the tool never decides it."
    )
    language: Language | None = Field(None, description="Of the texts; null: detected.")
    locale: Language = Field("nl", description="Of the messages.")

    @model_validator(mode="after")
    def _has_something(self) -> AnalysisIn:
        if self.complaint is None and self.draft is None:
            raise PydanticCustomError("nothing_to_read", "complaint or draft is needed")
        return self


class SpanOut(BaseModel):
    """A half-open range of the text that was sent."""

    start: Offset
    end: Offset


class WarningOut(BaseModel):
    """One finding: the words, why, and what would be better."""

    check: str
    level: Level
    start: Offset
    end: Offset
    text: str = Field(description="The words between start and end.")
    title: str
    message: str
    why: str | None = Field(None, description="The longer reason, behind 'Why?'.")
    rewrites: list[str] = Field(
        description="At most three. Each takes the place of `replaces`; [square brackets] are gaps that only the writer can fill."
    )
    replaces: SpanOut = Field(
        description="The part of the draft that a rewrite takes the place of; empty (start = end) where it is to be inserted."
    )
    seen_by: SeenBy
    confidence: float = Field(ge=0, le=1, description="Estimated probability that a careful reader agrees.")


class ComponentOut(BaseModel):
    """One element of a good reply."""

    id: str
    title: str
    present: bool
    needed: bool
    start: Offset | None = None
    end: Offset | None = None
    hint: str | None = Field(None, description="What to do, where it is needed and not there.")


class BalanceReasonOut(BaseModel):
    """Words that pull the balance to one side."""

    start: Offset
    end: Offset
    pulls: Literal["defensive", "vulnerable"]
    label: str


class BalanceOut(BaseModel):
    """Where the draft stands between defensive (-1) and too humble (1)."""

    position: float = Field(ge=-1, le=1)
    band: Literal["defensive", "balanced", "too-humble"]
    reasons: list[BalanceReasonOut]


class AxisReasonOut(BaseModel):
    """Words that carry an axis, or hurt it."""

    start: Offset
    end: Offset
    helps: bool
    label: str


class AxisOut(BaseModel):
    """How a reply comes across on one axis. mixed: something carries it, something hurts it. open: neither."""

    id: Literal["humane", "understanding", "reasonable"]
    title: str
    state: Literal["carried", "mixed", "hurt", "open"]
    reasons: list[AxisReasonOut]
    note: str = Field(description="What is missing; empty unless open.")


class BrokenRuleOut(BaseModel):
    """Something in the draft that the site does not allow, and what to do instead."""

    id: str
    label: str
    advice: str
    start: Offset
    end: Offset


class PlatformOut(BaseModel):
    """The draft as its site will take it."""

    id: str
    name: str
    length: int = Field(description="As the site counts.")
    most: int | None = Field(description="The longest reply it takes; null where no limit is known.")
    counting: Literal["characters", "weighted", "bytes", "graphemes"]
    broken: list[BrokenRuleOut]


class SkippedOut(BaseModel):
    """A check that could not run."""

    check: str
    reason: str


class AnalysisOut(BaseModel):
    """Everything found in one conversation."""

    language: Language
    warnings: list[WarningOut]
    components: list[ComponentOut]
    balance: BalanceOut | None
    axes: list[AxisOut] = Field(description="Three; none without a draft.")
    complaint: ComplaintOut | None
    platform: PlatformOut | None = Field(description="Null without a draft.")
    skipped: list[SkippedOut]
    took_ms: float


class SuggestionOut(BaseModel):
    """A whole reply to start from: the writer's own good sentences, and a sentence for what is missing."""

    text: str
    gaps: list[SpanOut] = Field(description="[What only the writer knows], in the text.")


class ProofreadingIn(Closed):
    """A text whose spelling and grammar are to be read."""

    text: Text
    language: Language
    editor: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        None,
        description="Opaque id of the field; while a text waits, a newer one of the same field takes its place (409).",
    )
    dictionary: list[Word] = Field([], max_length=5000, description="Words that are right for this user.")
    switched_off: list[Word] = Field(
        [], max_length=1000, description="Rules that the user never wants to hear of again."
    )


class MatchOut(BaseModel):
    """One mistake, or what may be one."""

    start: Offset
    end: Offset
    message: str
    short_message: str
    replacements: list[str] = Field(description="At most five, the best first.")
    rule: str
    category: Category
    severity: Severity


class ProofreadingOut(BaseModel):
    """What was found, in the order of the text."""

    matches: list[MatchOut]
    engine: Literal["languagetool", "spelling"] = Field(
        description="What read it. 'spelling': words only, as long as LanguageTool is not there."
    )


class HealthOut(BaseModel):
    """Whether the companion is there; needs no token."""

    service: Literal["meelezer"]
    version: str
    api: Literal[1]
    languagetool: Literal["ready", "starting", "off"]
    reason: str | None = Field(None, description="Why LanguageTool is off, and what to do about it.")


class PairingIn(Closed):
    """The code that the companion shows, typed in the browser."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    client: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(
        description="Name to recognise this browser by."
    )


class PairingOut(BaseModel):
    """The token of a paired browser; shown once."""

    token: str


class ErrorDetailOut(BaseModel):
    """A code to act on, a sentence to show, and the field that is meant."""

    code: str
    message: str
    field: str | None = None


class ErrorOut(BaseModel):
    """The one shape of failure."""

    error: ErrorDetailOut
