"""The pages /reviews and /reviews/<id>: a colleague reads, comments, changes and decides. Works without scripts; they only save a reload."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from pydantic import ValidationError

from meelezer.core.conversation import LANGUAGES, MAX_TEXT_LENGTH, Language
from meelezer.core.engine import Engine
from meelezer.core.report import Report
from meelezer.messages import messages
from meelezer.playbook import PlaybookFile
from meelezer.reviews import follow_up
from meelezer.reviews.database import StorageError
from meelezer.reviews.retention import erase
from meelezer.reviews.store import Listed, ReviewError, Reviews, Wanted, is_same_person
from meelezer.reviews.tables import OUTCOMES, STATES, Review, State
from meelezer.settings import Settings
from meelezer.web.acting import acting_as, me, note_reading, with_name
from meelezer.web.errors import CODES, in_words
from meelezer.web.language import page_language
from meelezer.web.review_models import CommentIn, ReviewsQuery
from meelezer.web.review_wire import conversation_of, span_of
from meelezer.web.review_words import changes, moment, stretches, waiting

_ON_A_PAGE = 25
_OWN_PAGE = re.compile(r"/reviews(?:/[A-Za-z0-9_-]+)?")


class _NotDone(Exception):  # noqa: N818 - says what happened
    """A form that cannot be acted on; `key` is the text that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def create_review_pages(engine: Engine, reviews: Reviews, playbook: PlaybookFile, settings: Settings) -> Blueprint:
    """Return the blueprint with the work list and the page of one review."""
    pages = Blueprint("review_pages", __name__)

    @lru_cache(maxsize=256)
    def read(review_id: str, _revision: int, language: Language) -> Report:
        return engine.analyse(conversation_of(reviews.get(review_id)), language)

    @pages.get("/reviews")
    def work_list() -> Response:
        """Show what waits, and what was decided; `part` asks for the list alone, to keep an open page fresh."""
        query = _query()
        wanted = Wanted(
            query.state, query.writer, query.platform, query.severity, query.words, query.to_do, query.unanswered
        )
        return _list(query, reviews.listed(wanted, query.page, _ON_A_PAGE))

    @pages.errorhandler(ReviewError)
    def _gone(error: ReviewError) -> Response:
        return _list(
            ReviewsQuery.model_validate({}),
            Listed([], 0, {}),
            in_words(error.kind, page_language(settings)),
            CODES[error.kind][0],
        )

    @pages.errorhandler(StorageError)
    def _closed(error: StorageError) -> Response:
        note = in_words(f"storage-{error.kind}", page_language(settings))
        return _list(ReviewsQuery.model_validate({}), Listed([], 0, {}), note, 503)

    def _list(query: ReviewsQuery, found: Listed, note: str = "", status: int = 200) -> Response:
        language, now = page_language(settings), datetime.now(UTC)
        promise = playbook.usable().promise
        html = render_template(
            "review-list.html" if "part" in request.args else "reviews.html",
            **_common(settings, "reviews"),
            found=found,
            query=query,
            note=note,
            pages=max(1, -(-found.total // _ON_A_PAGE)),
            states=STATES,
            waiting=lambda each: waiting(each, promise, now, language),
            sites=_sites(engine, language),
            next_due=follow_up.next_due,
            is_overdue=follow_up.is_overdue,
            at=lambda when: moment(when, now, language),
            link=lambda **change: url_for("review_pages.work_list", **_kept(query, language, change)),
            me=me(settings),
        )
        return _fresh(html, status)

    @pages.get("/reviews/<review_id>")
    def one(review_id: str) -> Response:
        """Show one review with everything about it."""
        note_reading(reviews, review_id)
        return _show(review_id)

    @pages.post("/reviews/name")
    def call_me() -> Response:
        """Remember in this browser who is reading."""
        back = request.form.get("back", "")
        place = back if _OWN_PAGE.fullmatch(back) else "/reviews"
        return with_name(redirect(f"{place}?lang={page_language(settings)}", 303), request.form.get("by", ""))

    @pages.post("/reviews/<review_id>/<action>")
    def act(review_id: str, action: str) -> Response:
        """Do what a form asks, and go back to the page; what was typed stays where it cannot be done."""
        language, who = page_language(settings), acting_as(request.form.get("by", "").strip()[:200])
        if action not in _ACTIONS:
            raise ReviewError("review-not-found")
        text = messages(language)
        if g.get("is_stale"):  # this answer brings the new key along
            return _show(review_id, text("reviews.again"), 401)
        if not who:
            return _show(review_id, text("reviews.name_needed"), 422)
        try:
            _ACTIONS[action](engine, reviews, review_id, who)
        except ReviewError as error:
            if error.kind == "review-not-found":
                raise
            return _show(review_id, in_words(error.kind, language, error.by), CODES[error.kind][0])
        except StorageError as error:
            return _show(review_id, in_words(f"storage-{error.kind}", language), 503)
        except (ValidationError, _NotDone) as error:
            key = error.key if isinstance(error, _NotDone) else "nothing_typed"
            return _show(review_id, text(f"reviews.{key}"), 422)
        if action == "erasure":
            address = url_for("review_pages.work_list", lang=language)
        else:
            address = url_for("review_pages.one", review_id=review_id, lang=language, _anchor=action)
        return with_name(redirect(address, 303), who)

    def _show(review_id: str, note: str = "", status: int = 200) -> Response:
        language = page_language(settings)
        review = reviews.get(review_id)
        report = read(review.id, review.revision, language) if review.erased_at is None else None
        now, reader = datetime.now(UTC), me(settings) or request.form.get("by", "").strip()[:200]
        html = render_template(
            "review.html",
            **_common(settings, "reviews"),
            review=review,
            report=report,
            stretches=stretches(
                review.latest.text,
                report.findings if report else (),
                [each for each in review.comments if each.number == review.latest.number],
            ),
            texts={version.number: version.text for version in review.versions},
            diffs=_diffs(review),
            waiting=waiting(review, playbook.usable().promise, now, language),
            at=lambda when: moment(when, now, language),
            outcomes=OUTCOMES,
            placed_as=follow_up.placed_as(review),
            is_overdue=follow_up.is_overdue,
            others=[who for who in reviews.readers(review_id) if who != reader],
            levels=messages(language).section("level"),
            page=messages(language).section("page"),
            quoted=lambda span: review.complaint[span.start : span.end] if span else "",
            sites=_sites(engine, language),
            limit=MAX_TEXT_LENGTH,
            typed=request.form if note else {},
            note=note,
            me=reader,
            is_own=is_same_person(reader, review.writer),
        )
        return _fresh(html, status)

    return pages


def _decide(_engine: Engine, reviews: Reviews, review_id: str, who: str) -> None:
    decision: State = "approved" if request.form.get("decision") == "approved" else "returned"
    reviews.decide(review_id, who, decision, _number("version"), request.form.get("reason", "")[:5_000])


def _edit(engine: Engine, reviews: Reviews, review_id: str, who: str) -> None:
    text = _plain(request.form.get("text", ""))[:MAX_TEXT_LENGTH]
    if not text.strip():
        raise _NotDone("nothing_typed")
    report = engine.analyse(conversation_of(reviews.get(review_id), text))
    reviews.edit(review_id, who, text, _number("based_on"), tuple(found.check for found in report.findings))


def _comment(_engine: Engine, reviews: Reviews, review_id: str, who: str) -> None:
    said = CommentIn(
        by=who,
        text=_plain(request.form.get("comment", "")).strip(),
        version=_number("version"),
        start=_number("start", None),
        end=_number("end", None),
        key=request.form.get("key") or None,
    )
    reviews.comment(review_id, who, said.text, said.version, span_of(said, reviews.get(review_id)), said.key)


def _reopen(_engine: Engine, reviews: Reviews, review_id: str, who: str) -> None:
    reviews.reopen(review_id, who)


def _close(_engine: Engine, reviews: Reviews, review_id: str, who: str) -> None:
    follow_up.close(reviews, review_id, who, _plain(request.form.get("closing", ""))[:5_000])


def _erase(_engine: Engine, reviews: Reviews, review_id: str, _who: str) -> None:
    if request.form.get("sure") != "yes":
        raise _NotDone("sure_needed")
    erase(reviews.database, review_id)


def _place(_engine: Engine, reviews: Reviews, review_id: str, who: str) -> None:
    follow_up.place(reviews, review_id, who)


def _conclude(_engine: Engine, reviews: Reviews, review_id: str, who: str) -> None:
    outcome = next((each for each in OUTCOMES if each == request.form.get("outcome")), None)
    if outcome is None:
        raise _NotDone("nothing_typed")
    learned = request.form.get("learned")
    follow_up.conclude(reviews, review_id, who, outcome, learned and _plain(learned)[:1_000])


def _keep(_engine: Engine, reviews: Reviews, review_id: str, who: str) -> None:
    follow_up.keep(reviews, review_id, who, _number("reminder"))


_ACTIONS = {
    "decisions": _decide,
    "versions": _edit,
    "comments": _comment,
    "reopenings": _reopen,
    "closings": _close,
    "erasure": _erase,
    "placements": _place,
    "outcomes": _conclude,
    "reminders": _keep,
}


def _number(field: str, otherwise: int | None = 0) -> Any:
    value = request.form.get(field, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 8 else otherwise


def _plain(text: str) -> str:
    # A form sends \r\n, and may carry half characters, which no text holds.
    return text.replace("\r\n", "\n").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _diffs(review: Review) -> Mapping[int, Any]:
    """Return what each version changed of the one before it."""
    pairs = zip(review.versions, review.versions[1:], strict=False)
    return {newer.number: changes(older.text, newer.text) for older, newer in pairs}


def _query() -> ReviewsQuery:
    known = {key: value for key, value in request.args.items() if key in ReviewsQuery.model_fields and value.strip()}
    try:
        return ReviewsQuery.model_validate(known)
    except ValidationError:  # an old bookmark, or typed by hand: everything is better than an error
        return ReviewsQuery.model_validate({})


def _kept(query: ReviewsQuery, language: Language, change: Mapping[str, Any]) -> dict[str, Any]:
    """Return the query string with something changed; another choice begins at the first page."""
    now = {**query.model_dump(exclude={"size"}), "page": 1, "lang": language, **change}
    return {key: value for key, value in now.items() if value not in (None, "", False) and (key, value) != ("page", 1)}


def _common(settings: Settings, section: str) -> dict[str, Any]:
    language = page_language(settings)
    return {
        "language": language,
        "other": next(each for each in LANGUAGES if each != language),
        "t": messages(language).section(section),
    }


def _sites(engine: Engine, language: Language) -> Mapping[str, str]:
    return {each.id: each.name_in(language) for each in engine.catalogue.platforms.values()}


def _fresh(html: str, status: int = 200) -> Response:
    """Return a page; whoever has this very one already is told so in a few bytes."""
    response = make_response(html, status)
    response.set_etag(hashlib.blake2b(html.encode(), digest_size=16).hexdigest())
    response.make_conditional(request) if status == 200 else None
    return response
