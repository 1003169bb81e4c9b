"""The figures of four eyes: a call of the API, the page /reviews/figures, and the same as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from apiflask import APIBlueprint
from flask import Blueprint, Response, make_response, render_template, request, url_for
from pydantic import ValidationError

from meelezer.core.conversation import LANGUAGES, Language
from meelezer.core.engine import Engine
from meelezer.messages import messages
from meelezer.playbook import PlaybookFile
from meelezer.reviews.database import Database, StorageError
from meelezer.reviews.figures import Figures, Lesson, Per, figures, lessons
from meelezer.reviews.tables import OUTCOMES, PLACED_AS
from meelezer.settings import Settings
from meelezer.web.errors import in_words
from meelezer.web.figure_models import FiguresOut, FiguresQuery, to_csv, to_figures
from meelezer.web.language import page_language
from meelezer.web.requests import accepts
from meelezer.web.review_words import in_words as length_in_words

_SHOWN_AT_FIRST = timedelta(weeks=12)
_MOST_REASONS = 5


def create_figures_api(database: Database, playbook: PlaybookFile) -> APIBlueprint:
    """Return the blueprint with the one call about figures."""
    api = APIBlueprint("figures", __name__, url_prefix="/v1/reviews", tag="Meelezer")

    @api.get("/figures")
    @accepts(api, FiguresQuery, "query")
    @api.output(FiguresOut)
    @api.doc(summary="Figures of the reviews", security="token", responses=[401, 403, 421, 422, 503])
    def read(query: FiguresQuery) -> FiguresOut:
        """Return what remains when the texts are gone; about cases, never about a person."""
        promise = playbook.usable().promise
        return to_figures(query, *figures(database, query.wished(), promise), promise)

    return api


def create_figure_pages(engine: Engine, database: Database, playbook: PlaybookFile, settings: Settings) -> Blueprint:
    """Return the blueprint with the page of figures and its file."""
    pages = Blueprint("figure_pages", __name__)

    @pages.get("/reviews/figures")
    def show() -> Response:
        """Show the figures; at first those of the last twelve weeks."""
        query = _query()
        promise = playbook.usable().promise
        found = figures(database, query.wished(), promise)
        return _page(query, *found, promise=promise, learned=lessons(database, query.wished()))

    @pages.get("/reviews/figures.csv")
    def save() -> Response:
        """Give the same as a table; its column names are those of the API."""
        query = _query()
        promise = playbook.usable().promise
        found = to_figures(query, *figures(database, query.wished(), promise), promise)
        answer = make_response(to_csv(found))
        answer.headers["Content-Type"] = "text/csv; charset=utf-8"
        answer.headers["Content-Disposition"] = 'attachment; filename="meelezer-figures.csv"'
        return answer

    @pages.errorhandler(StorageError)
    def _closed(error: StorageError) -> Response:
        note = in_words(f"storage-{error.kind}", page_language(settings))
        return _page(_query(), None, [], note=note, status=503)

    def _page(
        query: FiguresQuery,
        total: Figures | None,
        periods: list[Figures],
        promise: timedelta | None = None,
        learned: Sequence[Lesson] = (),
        note: str = "",
        status: int = 200,
    ) -> Response:
        language = page_language(settings)
        text = messages(language)

        def link(view: str, **change: Any) -> str:
            # An empty day says that none is wished; one that is left out would be filled in.
            chosen = {"since": "", **query.model_dump(exclude_none=True, mode="json"), "lang": language, **change}
            return url_for(f"figure_pages.{view}", **chosen)

        html = render_template(
            "figures.html",
            language=language,
            other=next(each for each in LANGUAGES if each != language),
            t=text.section("figures"),
            words=text.section("reviews"),
            note=note,
            query=query,
            total=total,
            periods=periods,
            reasons=_reasons(engine, total, language),
            lessons=learned,
            days=_days(*query.days(), language),
            day=lambda when: _day(when, language),
            promise=None if promise is None else length_in_words(promise, language),
            is_chosen=bool(query.since or query.until or query.platform),
            sites={each.id: each.name_in(language) for each in engine.catalogue.platforms.values()},
            outcomes=OUTCOMES,
            ways=PLACED_AS,
            length=lambda took: "–" if took is None else length_in_words(took, language),
            period=lambda begins: _period(begins, query.per, language),
            link=link,
        )
        return make_response(html, status)

    return pages


def _query() -> FiguresQuery:
    fields = {"since": (datetime.now(UTC).astimezone().date() - _SHOWN_AT_FIRST).isoformat(), **request.args.to_dict()}
    known = {key: value for key, value in fields.items() if key in FiguresQuery.model_fields and value.strip()}
    try:
        return FiguresQuery.model_validate(known)
    except ValidationError:  # an old bookmark, or typed by hand
        return FiguresQuery.model_validate({})


def _reasons(engine: Engine, total: Figures | None, language: Language) -> Mapping[str, int]:
    """Return by title what the checks said of the versions that came back, the most frequent first."""
    titles = {check.id: check.title[language] for check in engine.catalogue.checks}
    found = total.returned_for if total else {}
    return {titles.get(check, check): count for check, count in [*found.items()][:_MOST_REASONS]}


def _days(since: date | None, until: date, language: Language) -> str:
    text = messages(language)
    if since is None:
        return text("figures.days_until", until=_day(until, language))
    return text("figures.days", since=_day(since, language), until=_day(until, language))


def _day(day: date, language: Language) -> str:
    return f"{day.day} {messages(language)('reviews.months').split()[day.month - 1]} {day.year}"


def _period(begins: date, per: Per, language: Language) -> str:
    text = messages(language)
    if per == "month":
        return _day(begins, language).partition(" ")[2]
    return text("figures.week_of", day=_day(begins, language))
