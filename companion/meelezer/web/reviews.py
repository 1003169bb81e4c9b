"""The calls of the API for four eyes."""

from __future__ import annotations

from datetime import UTC, datetime

from apiflask import APIBlueprint

from meelezer.core.engine import Engine
from meelezer.reviews import follow_up
from meelezer.reviews.retention import erase
from meelezer.reviews.store import Reviews, Wanted
from meelezer.web import review_models as models
from meelezer.web.acting import acting_as, note_reading
from meelezer.web.errors import ApiError
from meelezer.web.requests import accepts
from meelezer.web.review_wire import conversation_of, span_of, to_asked, to_review, to_row

_READ = [401, 403, 404, 421, 503]
_WRITE = [400, 401, 403, 404, 409, 413, 415, 421, 422, 503]


def create_reviews_api(engine: Engine, reviews: Reviews) -> APIBlueprint:
    """Return the blueprint with every call about reviews."""
    api = APIBlueprint("reviews", __name__, url_prefix="/v1/reviews", tag="Meelezer")

    def _checks(review_id: str, text: str) -> tuple[str, ...]:
        report = engine.analyse(conversation_of(reviews.get(review_id), text))
        return tuple(finding.check for finding in report.findings)

    @api.post("")
    @accepts(api, models.ReviewIn)
    @api.output(models.ReviewOut, status_code=201)
    @api.doc(summary="Ask a colleague to read a draft", security="token", responses=_WRITE)
    def ask(request: models.ReviewIn) -> tuple[models.ReviewOut, int]:
        """Store the draft until a colleague has decided. 200 where the same was sent before."""
        for field in ("draft", "complaint"):
            part = getattr(request, field)
            if part is not None and not part.text.strip():
                raise ApiError("text-empty", f"{field}.text")
        review, is_new = reviews.ask(to_asked(_by_myself(request), engine))
        return to_review(review), 201 if is_new else 200

    @api.get("")
    @accepts(api, models.ReviewsQuery, "query")
    @api.output(models.ReviewsOut)
    @api.doc(summary="List the reviews", security="token", responses=[401, 403, 421, 422, 503])
    def list_reviews(query: models.ReviewsQuery) -> models.ReviewsOut:
        """Return a page of them: what waits first, and of that the most serious and oldest."""
        wanted = Wanted(
            query.state, query.writer, query.platform, query.severity, query.words, query.to_do, query.unanswered
        )
        found = reviews.listed(wanted, query.page, query.size)
        return models.ReviewsOut(
            reviews=[to_row(each, found.readers.get(each.id, ())) for each in found.reviews],
            total=found.total,
            page=query.page,
            pages=max(1, -(-found.total // query.size)),
        )

    @api.get("/<review_id>")
    @api.output(models.ReviewOut)
    @api.doc(summary="Read one review", security="token", responses=_READ)
    def read(review_id: str) -> models.ReviewOut:
        """Return everything that is known of it."""
        note_reading(reviews, review_id)
        review = reviews.get(review_id)
        return to_review(review, reviews.readers(review_id))

    @api.delete("/<review_id>")
    @api.output({}, status_code=204)
    @api.doc(summary="Erase one review", security="token", responses=[*_READ, 409])
    def remove(review_id: str) -> str:
        """Delete everything about it, for good. An unanswered one is closed first, with a reason."""
        erase(reviews.database, review_id)
        return ""

    @api.post("/<review_id>/comments")
    @accepts(api, models.CommentIn)
    @api.output(models.ReviewOut, status_code=201)
    @api.doc(summary="Comment on a version", security="token", responses=_WRITE)
    def comment(request: models.CommentIn, review_id: str) -> models.ReviewOut:
        """Say something beside words of a version, or about the whole."""
        if not request.text.strip():
            raise ApiError("text-empty", "text")
        span = span_of(request, reviews.get(review_id))
        return to_review(
            reviews.comment(review_id, acting_as(request.by), request.text, request.version, span, request.key)
        )

    @api.post("/<review_id>/versions")
    @accepts(api, models.VersionIn)
    @api.output(models.ReviewOut, status_code=201)
    @api.doc(summary="Change the draft", security="token", responses=_WRITE)
    def edit(request: models.VersionIn, review_id: str) -> models.ReviewOut:
        """Store a new version beside the old ones; it waits for a decision."""
        if not request.text.strip():
            raise ApiError("text-empty", "text")
        checks = _checks(review_id, request.text)
        return to_review(reviews.edit(review_id, acting_as(request.by), request.text, request.based_on, checks))

    @api.post("/<review_id>/decisions")
    @accepts(api, models.DecisionIn)
    @api.output(models.ReviewOut, status_code=201)
    @api.doc(summary="Approve or return", security="token", responses=_WRITE)
    def decide(request: models.DecisionIn, review_id: str) -> models.ReviewOut:
        """Decide on the version that was read. Of two who decide at once, the second gets 409."""
        return to_review(
            reviews.decide(review_id, acting_as(request.by), request.decision, request.version, request.reason)
        )

    @api.post("/<review_id>/reopenings")
    @accepts(api, models.ReaderIn)
    @api.output(models.ReviewOut, status_code=201)
    @api.doc(summary="Take a decision back", security="token", responses=_WRITE)
    def reopen(request: models.ReaderIn, review_id: str) -> models.ReviewOut:
        """Let it wait for a decision again, also where it was closed."""
        return to_review(reviews.reopen(review_id, acting_as(request.by)))

    @api.post("/<review_id>/closings")
    @accepts(api, models.ClosingIn)
    @api.output(models.ReviewOut, status_code=201)
    @api.doc(summary="Say why no reply is coming", security="token", responses=_WRITE)
    def close(request: models.ClosingIn, review_id: str) -> models.ReviewOut:
        """Take it from the list of what is unanswered; the reason stays in its history."""
        return to_review(follow_up.close(reviews, review_id, acting_as(request.by), request.reason))

    @api.post("/<review_id>/placements")
    @accepts(api, models.PlacementIn)
    @api.output(models.ReviewOut, status_code=201)
    @api.doc(summary="Say that the reply is public", security="token", responses=_WRITE)
    def placed(request: models.PlacementIn, review_id: str) -> models.ReviewOut:
        """Note it once; what the reply promises becomes reminders."""
        posted = None
        if request.text is not None:
            if not request.text.strip():
                raise ApiError("text-empty", "text")
            is_known = follow_up.is_same_text(request.text, reviews.get(review_id).latest.text)
            checks = () if is_known else _checks(review_id, request.text)
            posted = follow_up.Posted(request.text, request.at or datetime.now(UTC), checks)
        return to_review(follow_up.place(reviews, review_id, acting_as(request.by), posted))

    @api.post("/<review_id>/outcomes")
    @accepts(api, models.OutcomeIn)
    @api.output(models.ReviewOut, status_code=201)
    @api.doc(summary="Say what became of the case", security="token", responses=_WRITE)
    def outcome(request: models.OutcomeIn, review_id: str) -> models.ReviewOut:
        """One field: in private contact, solved, turned around or lost; and what the team learns from it."""
        who = acting_as(request.by)
        return to_review(follow_up.conclude(reviews, review_id, who, request.outcome, request.learned))

    @api.post("/<review_id>/reminders/<int:reminder_id>/done")
    @accepts(api, models.ReaderIn)
    @api.output(models.ReviewOut, status_code=201)
    @api.doc(summary="Tick a reminder off", security="token", responses=_WRITE)
    def done(request: models.ReaderIn, review_id: str, reminder_id: int) -> models.ReviewOut:
        """Note that a promise was kept, or the closing line posted."""
        return to_review(follow_up.keep(reviews, review_id, acting_as(request.by), reminder_id))

    @api.post("/<review_id>/readers")
    @accepts(api, models.ReaderIn)
    @api.output(models.ReadersOut)
    @api.doc(summary="Say that you are reading", security="token", responses=_WRITE)
    def reading(request: models.ReaderIn, review_id: str) -> models.ReadersOut:
        """Note it for half a minute, and return who else is reading and whether something changed."""
        others = reviews.is_reading(review_id, acting_as(request.by))
        review = reviews.get(review_id)
        return models.ReadersOut(others=others, state=review.state, revision=review.revision)  # type: ignore[arg-type]

    return api


def _by_myself(request: models.ReviewIn) -> models.ReviewIn:
    """Return what was asked, sent by whoever acts."""
    writer = request.writer.model_copy(update={"name": acting_as(request.writer.name)})
    return request.model_copy(update={"writer": writer})
