"""Between the wire and the reviews. Here alone their positions change unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from meelezer.core.conversation import Complaint, Conversation, Draft, Writer
from meelezer.core.engine import Engine
from meelezer.core.offsets import Utf16
from meelezer.reviews.follow_up import placed_as
from meelezer.reviews.store import Asked
from meelezer.reviews.tables import Comment, Reminder, Review
from meelezer.web.review_models import (
    CommentIn,
    CommentOut,
    EventOut,
    ReminderOut,
    ReviewComplaintOut,
    ReviewDecisionOut,
    ReviewIn,
    ReviewOut,
    ReviewRowOut,
    VersionOut,
)
from meelezer.web.wire import to_complaint


def to_asked(request: ReviewIn, engine: Engine) -> Asked:
    """Turn a valid request into what is stored, with the figures of the analysis."""
    conversation = Conversation(
        complaint=to_complaint(request.complaint) if request.complaint else None,
        draft=Draft(request.draft.text),
        writer=Writer(request.writer.name, request.writer.role or None),
        platform=request.platform,
        channel=request.channel,
        justified=request.justified,
        language=request.language,
    )
    report = engine.analyse(conversation)
    complaint = request.complaint
    return Asked(
        key=request.key, text=request.draft.text, writer=request.writer.name, writer_role=request.writer.role or None,
        complaint=complaint.text if complaint else "", complaint_author=(complaint.author or None) if complaint else None,
        posted_at=complaint.posted_at.astimezone(UTC) if complaint and complaint.posted_at else None, rating=complaint.rating if complaint else None,
        platform=request.platform, page=str(request.page) if request.page else None, channel=request.channel,
        justified=request.justified, language=report.language,
        severity=report.complaint.severity.level if report.complaint and report.complaint.severity else 0,
        checks=tuple(finding.check for finding in report.findings),
    )  # fmt: skip


def conversation_of(review: Review, text: str | None = None) -> Conversation:
    """Return what the engine reads of a review: its newest version, or `text` in its place."""
    draft = review.latest.text if text is None else text
    return Conversation(
        complaint=Complaint(review.complaint, review.complaint_author, review.posted_at, review.rating)
        if review.complaint
        else None,
        draft=Draft(draft) if draft.strip() else None,
        writer=Writer(review.writer, review.writer_role),
        platform=review.platform,
        channel="private" if review.channel == "private" else "public",
        justified=review.justified,
        language="en" if review.language == "en" else "nl",
    )


def span_of(request: CommentIn, review: Review) -> tuple[int, int] | None:
    """Return the code points that a comment is about; impossible ones where its version is not there."""
    if request.start is None or request.end is None:
        return None if request.start is request.end else (-1, -1)
    text = next((version.text for version in review.versions if version.number == request.version), "")
    length = len(text.encode("utf-16-le")) // 2
    if not request.start < request.end <= length:
        return (-1, -1)
    units = Utf16(text)
    return units.points(request.start), units.points(request.end)


def to_row(review: Review, readers: Sequence[str] = ()) -> ReviewRowOut:
    """Return a review as a row of the list."""
    return ReviewRowOut(**_row(review, readers))


def to_review(review: Review, readers: Sequence[str] = ()) -> ReviewOut:
    """Return a review with everything."""
    units = {version.number: Utf16(version.text) for version in review.versions}
    texts = {version.number: version.text for version in review.versions}
    return ReviewOut(
        **_row(review, readers),
        versions=[
            VersionOut(
                number=each.number,
                text=each.text,
                author=each.author,
                origin=each.origin,  # type: ignore[arg-type]
                at=each.at,
                checks=each.checks,
            )
            for each in review.versions
        ],
        comments=[_comment(each, texts[each.number], units[each.number]) for each in review.comments],
        placed_as=placed_as(review),
        history=[
            EventOut(
                at=each.at,
                who=each.who,
                what=each.what,  # type: ignore[arg-type]
                version=each.number,
                detail=each.detail,
                words=each.words,
            )
            for each in review.events
        ],
    )


def _comment(comment: Comment, text: str, units: Utf16) -> CommentOut:
    whole = comment.start is None or comment.end is None
    return CommentOut(
        version=comment.number,
        start=None if whole else units.units(comment.start or 0),
        end=None if whole else units.units(comment.end or 0),
        quote=None if whole else text[comment.start : comment.end],
        text=comment.text,
        author=comment.author,
        at=comment.at,
    )


def _reminder(reminder: Reminder) -> ReminderOut:
    return ReminderOut(
        id=reminder.id,
        kind="promise" if reminder.kind == "promise" else "closing-line",
        words=reminder.words,
        due_at=reminder.due_at,
        done_at=reminder.done_at,
        done_by=reminder.done_by,
    )


def _row(review: Review, readers: Sequence[str]) -> dict[str, Any]:
    decision = None
    if review.state != "waiting" and review.decided_at is not None:
        decision = ReviewDecisionOut(
            decision="approved" if review.state == "approved" else "returned",
            by=review.decided_by or "",
            at=review.decided_at,
            reason=review.reason,
        )
    complaint = None
    if review.complaint:
        complaint = ReviewComplaintOut(
            text=review.complaint, author=review.complaint_author, posted_at=review.posted_at, rating=review.rating
        )
    return {
        "id": review.id, "path": f"/reviews/{review.id}", "state": review.state, "revision": review.revision,
        "language": review.language, "platform": review.platform, "page": review.page, "severity": review.severity,
        "complaint": complaint, "draft": review.latest.text, "version": review.latest.number, "writer": review.writer,
        "writer_role": review.writer_role, "created_at": review.created_at, "changed_at": review.changed_at,
        "decision": decision, "placed_at": review.placed_at, "closed_at": review.closed_at, "outcome": review.outcome, "learned": review.learned,
        "reminders": [_reminder(each) for each in review.reminders], "readers": list(readers), "erased": review.erased_at is not None,
    }  # fmt: skip
