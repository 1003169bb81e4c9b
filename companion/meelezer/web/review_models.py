"""Models of the API for four eyes: what is asked of a colleague, and what they say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, HttpUrl, StringConstraints

from meelezer.core.conversation import Channel, Language
from meelezer.reviews.store import MOST_ON_A_PAGE
from meelezer.reviews.tables import Origin, Outcome, PlacedAs, ReminderKind, State, What
from meelezer.web.complaint_models import Offset
from meelezer.web.models import Closed, ComplaintIn, DraftIn, Text

Person = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Remark = Annotated[str, StringConstraints(min_length=1, max_length=5_000)]


class ReviewWriterIn(Closed):
    """Who asks, and will be seen as the sender."""

    name: Person
    role: Annotated[str, StringConstraints(max_length=200)] | None = None


class ReviewIn(Closed):
    """A draft for a colleague's eyes."""

    key: Key = Field(description="Your own: the same request sent twice is one review.")
    draft: DraftIn
    complaint: ComplaintIn | None = None
    writer: ReviewWriterIn
    platform: Annotated[str, StringConstraints(max_length=64)] | None = None
    page: HttpUrl | None = Field(None, description="Where the reply will stand.")
    channel: Channel = "public"
    justified: bool | None = None
    language: Language | None = None


class ReviewsQuery(Closed):
    """Which reviews, and which page of them."""

    state: State | None = None
    writer: Person | None = None
    platform: Annotated[str, StringConstraints(max_length=64)] | None = None
    severity: Annotated[int, Field(ge=1, le=4)] | None = Field(None, description="This and higher.")
    words: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        None, description="In the complaint or its author."
    )
    to_do: bool = Field(False, description="Only what still has a reminder open, the first due first.")
    unanswered: bool = Field(False, description="Only what has neither a public reply nor a reason why none is coming.")
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    size: Annotated[int, Field(ge=1, le=MOST_ON_A_PAGE)] = 50


class CommentIn(Closed):
    """Something to say about a version: beside words of it, or about the whole."""

    by: Person
    text: Remark
    version: Annotated[int, Field(ge=1)]
    start: Offset | None = None
    end: Offset | None = None
    key: Key | None = None


class VersionIn(Closed):
    """The draft with changes."""

    by: Person
    text: Text
    based_on: Annotated[int, Field(ge=1)] = Field(
        description="The version that was changed; 409 where it is not the newest."
    )


class DecisionIn(Closed):
    """Good to go, or back with a reason."""

    by: Person
    decision: Literal["approved", "returned"]
    version: Annotated[int, Field(ge=1)] = Field(description="The version that was read.")
    reason: Annotated[str, StringConstraints(max_length=5_000)] | None = Field(None, description="Needed to return it.")


class ClosingIn(Closed):
    """No reply is coming, and why."""

    by: Person
    reason: Annotated[str, StringConstraints(max_length=5_000)]


class ReaderIn(Closed):
    """Who has it before them, or takes a decision back."""

    by: Person


class PlacementIn(ReaderIn):
    """The reply is public: somebody says so, or its text was seen going out."""

    text: Text | None = Field(
        None, description="As it was posted. With it no approval is needed; another text than the newest is kept, too."
    )
    at: AwareDatetime | None = Field(None, description="When it was posted; now where that is not said.")


class OutcomeIn(Closed):
    """What became of the case, and what the team learns from it."""

    by: Person
    outcome: Outcome
    learned: Annotated[str, StringConstraints(max_length=1_000)] | None = Field(
        None, description="Null leaves it as it is, blank takes it away. Erased with the texts."
    )


class ReviewComplaintOut(BaseModel):
    """What the customer wrote."""

    text: str
    author: str | None
    posted_at: AwareDatetime | None
    rating: float | None


class VersionOut(BaseModel):
    """The draft as somebody left it."""

    number: int
    text: str
    author: str
    origin: Origin
    at: AwareDatetime
    checks: list[str]


class CommentOut(BaseModel):
    """A remark; `start` and `end` are null where it is about the whole."""

    version: int
    start: Offset | None
    end: Offset | None
    quote: str | None
    text: str
    author: str
    at: AwareDatetime


class EventOut(BaseModel):
    """Who did what, and when."""

    at: AwareDatetime
    who: str
    what: What
    version: int | None
    detail: str | None = Field(
        description="Which outcome, which kind of reminder, how it was placed, or that a lesson was taken away."
    )
    words: str | None = Field(description="Why it was closed without a reply.")


class ReminderOut(BaseModel):
    """Something to do after the reply: keep a promise, or say in public how it ended."""

    id: int
    kind: ReminderKind
    words: str = Field(description="The sentence that promises; empty for a closing line.")
    due_at: AwareDatetime
    done_at: AwareDatetime | None
    done_by: str | None


class ReviewDecisionOut(BaseModel):
    """What was decided."""

    decision: Literal["approved", "returned"]
    by: str
    at: AwareDatetime
    reason: str | None


class ReviewRowOut(BaseModel):
    """A review as it stands in the list."""

    id: str
    path: str = Field(description="Of its page on this companion.")
    state: State
    revision: int = Field(description="Counts every change.")
    language: Language
    platform: str | None
    page: str | None
    severity: int = Field(ge=0, le=4, description="Of the complaint; 0 without one.")
    complaint: ReviewComplaintOut | None
    draft: str
    version: int
    writer: str
    writer_role: str | None
    created_at: AwareDatetime
    changed_at: AwareDatetime
    decision: ReviewDecisionOut | None
    readers: list[str] = Field(description="Who has it before them now.")
    placed_at: AwareDatetime | None = Field(description="When the reply was made public.")
    closed_at: AwareDatetime | None = Field(description="When somebody said why no reply is coming.")
    outcome: Outcome | None
    learned: str | None = Field(description="What the team learns from it.")
    reminders: list[ReminderOut]
    erased: bool = Field(description="The texts are gone; figures are left.")


class ReviewOut(ReviewRowOut):
    """A review with everything that is known of it."""

    versions: list[VersionOut]
    comments: list[CommentOut]
    placed_as: PlacedAs | None = Field(
        description="Whether the public text is the approved one, was changed after that, or was never approved."
    )
    history: list[EventOut]


class ReviewsOut(BaseModel):
    """A page of reviews, the most pressing first."""

    reviews: list[ReviewRowOut]
    total: int
    page: int
    pages: int


class ReadersOut(BaseModel):
    """Who else is reading, and whether something changed."""

    others: list[str]
    state: State
    revision: int
