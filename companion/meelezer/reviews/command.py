"""`meelezer reviews ...`: list, export, erase, sweep, and a copy to keep elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from meelezer.core.conversation import LANGUAGES, Language
from meelezer.messages import Messages, messages
from meelezer.settings import HELP, Settings, SettingsError, load_settings

if TYPE_CHECKING:  # the other commands start faster without a database
    from meelezer.reviews.database import Database, StorageError
    from meelezer.reviews.store import Reviews
    from meelezer.reviews.tables import Review

_BAD_USE = 2


@click.group()
def reviews() -> None:
    """Look after the drafts that were sent for review."""


def on_database(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the settings, the database and the texts, and say in words what goes wrong."""

    @click.option("--locale", type=click.Choice(LANGUAGES), help=HELP["locale"])
    @click.option("--database", help=HELP["database"])
    @click.option("--data-dir", type=click.Path(file_okay=False, path_type=Path), help=HELP["data_dir"])
    @wraps(command)
    def run(data_dir: Path | None, database: str | None, locale: Language | None, **arguments: Any) -> None:
        from meelezer.reviews.database import Database, StorageError
        from meelezer.reviews.store import ReviewError

        text = messages(locale or "nl")
        try:
            settings = load_settings({"data_dir": data_dir, "database": database, "locale": locale})
            text = messages(settings.locale)
            command(settings, Database(settings.data_dir, settings.database), text, **arguments)
        except SettingsError as error:
            fail(str(error))
        except ReviewError as error:
            fail(text("reviews_command.not_answered" if error.kind == "not-answered" else "reviews_command.not_found"))
        except StorageError as error:
            fail(in_words(error, text))
        except OSError as error:
            fail(text("reviews_command.cannot_write", path=error.filename, reason=error.strerror))

    return run


def in_words(error: StorageError, text: Messages) -> str:
    """Say what is wrong with the database and what to do about it."""
    return text(f"reviews_command.{error.kind}", reason=error.detail)


def fail(words: str) -> NoReturn:
    """Say what is wrong, and end."""
    click.echo(words, err=True)
    raise SystemExit(_BAD_USE)


@reviews.command("list")
@on_database
def list_(_settings: Settings, database: Database, text: Messages) -> None:
    """One line a review: when, state, severity, writer, id."""
    from meelezer.reviews.store import Reviews

    count = 0
    for review in _all(Reviews(database)):
        count += 1
        at = review.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
        click.echo(f"{at}  {review.state:8}  {review.severity}  {review.writer}  {review.id}")
    if not count:
        click.echo(text("reviews_command.none"))


@reviews.command()
@click.argument("review_id", metavar="ID|all")
@on_database
def export(_settings: Settings, database: Database, _text: Messages, review_id: str) -> None:
    """Print everything about one review, or about all of them, as one JSON object a line."""
    from meelezer.reviews.store import Reviews
    from meelezer.web.review_wire import to_review

    kept = Reviews(database)
    for review in _all(kept) if review_id == "all" else [kept.get(review_id)]:
        click.echo(json.dumps(to_review(kept.get(review.id)).model_dump(mode="json"), ensure_ascii=False))


@reviews.command()
@click.argument("review_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--reason", default="", help="Why no reply came, where there is none.")
@on_database
def erase(settings: Settings, database: Database, text: Messages, review_id: str, yes: bool, reason: str) -> None:
    """Delete everything about one review, for good; an unanswered one only with a reason."""
    from meelezer.reviews import follow_up, retention
    from meelezer.reviews.store import ReviewError, Reviews

    kept = Reviews(database)
    is_unanswered = kept.get(review_id).is_unanswered
    if is_unanswered and not reason.strip():
        raise ReviewError("not-answered")
    if not yes:
        click.confirm(text("reviews_command.sure"), abort=True)
    if is_unanswered:
        follow_up.close(kept, review_id, settings.name or "Meelezer", reason)
    retention.erase(database, review_id)
    click.echo(text("reviews_command.erased"))


@reviews.command()
@on_database
def sweep(settings: Settings, database: Database, text: Messages) -> None:
    """Erase the texts of what was decided long enough ago; the companion does so every day by itself."""
    from meelezer.reviews import retention

    count = retention.sweep(database, settings.keep_days)
    click.echo(text("reviews_command.swept", count=count, days=settings.keep_days))


@reviews.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@on_database
def backup(_settings: Settings, database: Database, text: Messages, target: Path) -> None:
    """Write a copy of the database, also while the companion runs (SQLite; for PostgreSQL there is pg_dump)."""
    from meelezer.reviews import retention

    retention.back_up(database, target)
    click.echo(text("reviews_command.copied", path=target, at=datetime.now(UTC).astimezone().strftime("%H:%M")))


def _all(kept: Reviews) -> Iterator[Review]:
    from meelezer.reviews.store import MOST_ON_A_PAGE, Wanted

    page = 1
    while found := kept.listed(Wanted(), page, MOST_ON_A_PAGE).reviews:
        yield from found
        page += 1
