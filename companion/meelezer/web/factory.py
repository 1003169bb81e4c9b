"""Puts the application together; nothing is started here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from apiflask import APIFlask

from meelezer import __version__
from meelezer.core.engine import Engine
from meelezer.languagetool.proofreading import Proofreader
from meelezer.playbook import PlaybookFile
from meelezer.reviews.access import Access
from meelezer.reviews.database import Database, StorageError
from meelezer.reviews.people import People
from meelezer.reviews.sessions import Sessions
from meelezer.reviews.store import ReviewError, Reviews
from meelezer.settings import Settings
from meelezer.tokens import Pairing, TokenStore, TokenStoreError
from meelezer.web.api import create_api
from meelezer.web.errors import ApiError, register_errors, respond
from meelezer.web.figures import create_figure_pages, create_figures_api
from meelezer.web.models import ErrorDetailOut
from meelezer.web.organisation import Organisation
from meelezer.web.organisation_pages import create_organisation_pages
from meelezer.web.pages import create_pages
from meelezer.web.people_pages import create_people_pages
from meelezer.web.playbook_page import create_playbook_page
from meelezer.web.review_pages import create_review_pages
from meelezer.web.reviews import create_reviews_api
from meelezer.web.security import register_security
from meelezer.web.team import page_texts, register_team

logger = logging.getLogger(__name__)


def _say_nothing(_code: str) -> None:
    pass


def _error_schema() -> dict[str, Any]:
    # APIFlask puts this schema into every operation as it is, so nothing in it may point elsewhere.
    detail = ErrorDetailOut.model_json_schema()
    return {"title": "ErrorOut", "type": "object", "required": ["error"], "properties": {"error": detail}}


def create_app(
    settings: Settings,
    *,
    engine: Engine | None = None,
    tokens: TokenStore | None = None,
    pairing: Pairing | None = None,
    proofreader: Proofreader | None = None,
    database: Database | None = None,
    announce_code: Callable[[str], None] = _say_nothing,
) -> APIFlask:
    """Return the application; without a `proofreader` spelling is off. `announce_code` is called with each new pairing code, to show it to the user.

    Raises TokenStoreError, StorageError, and OrganisationError where the secret for a team's organisation cannot be read.
    """
    app = APIFlask(__name__, title="Meelezer", version=__version__, docs_path=None, spec_path=None, json_errors=False)
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        DESCRIPTION="Reads a complaint and the reply to it, on this device. Positions are UTF-16 code units.",
        SECURITY_SCHEMES={"token": {"type": "http", "scheme": "bearer"}},
        HTTP_ERROR_SCHEMA=_error_schema(),
        VALIDATION_ERROR_SCHEMA=_error_schema(),
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_SERVERS=False,
        AUTO_TAGS=False,
        VALIDATION_MODE="input",
        LOCALE=settings.locale,
    )
    # Letters as they are: smaller answers, and people read them.
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    store = tokens or TokenStore(settings.data_dir)
    app.extensions["announce_code"] = announce_code
    kept = database or Database(settings.data_dir, settings.database)
    register_errors(app)
    app.context_processor(page_texts(settings))
    if settings.team:
        people, access, sessions = People(kept), Access(kept), Sessions(kept)
        register_security(app, store, register_team(app, sessions, access, settings), settings.public_url)
        app.register_blueprint(create_people_pages(people, access, sessions, settings))
        if settings.has_organisation:
            app.register_blueprint(create_organisation_pages(Organisation(settings), sessions, settings))
    else:
        register_security(app, store)

    @app.errorhandler(TokenStoreError)
    def _storage(_error: TokenStoreError):  # type: ignore[no-untyped-def]
        return respond(ApiError("storage-failed"))

    @app.errorhandler(StorageError)
    def _database(error: StorageError):  # type: ignore[no-untyped-def]
        logger.error("database %s", error)
        return respond(ApiError(f"storage-{error.kind}"))

    @app.errorhandler(ReviewError)
    def _review(error: ReviewError):  # type: ignore[no-untyped-def]
        return respond(ApiError(error.kind, by=error.by))

    reader = engine or Engine()
    reviews = Reviews(kept)
    spelling = proofreader or Proofreader("off", settings.data_dir)
    playbook = PlaybookFile(settings.data_dir)
    app.register_blueprint(create_api(reader, store, pairing or Pairing(), spelling, playbook))
    app.register_blueprint(create_figures_api(kept, playbook))
    app.register_blueprint(create_reviews_api(reader, reviews))
    app.register_blueprint(create_pages(reader, settings, spelling))
    app.register_blueprint(create_playbook_page(playbook, settings))
    app.register_blueprint(create_review_pages(reader, reviews, playbook, settings))
    app.register_blueprint(create_figure_pages(reader, kept, playbook, settings))
    return app
