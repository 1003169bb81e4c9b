"""Migrations, and what happens when the database cannot do what is asked."""

from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from tests.companion.reviews.asked import PLAIN, asked

from meelezer.reviews import database as opening
from meelezer.reviews.database import Database, StorageError
from meelezer.reviews.store import Reviews, Wanted
from meelezer.reviews.tables import Base


def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    with database.writing() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []


def test_two_companions_may_start_on_one_database_at_one_moment(tmp_path: Path, database: Database) -> None:
    url = database._url
    both = [Database(tmp_path / "data", "" if database.path else url.render_as_string(False)) for _ in range(2)]
    ready, ids = threading.Barrier(2), []

    def start(each: Database, key: str) -> None:
        ready.wait()
        ids.append(Reviews(each).ask(asked(key=key))[0].id)

    threads = [threading.Thread(target=start, args=(each, str(n))) for n, each in enumerate(both)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 2
    assert Reviews(database).listed(Wanted()).total == 2
    for each in both:
        each.close()


def test_a_database_of_a_newer_meelezer_is_left_alone(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(StorageError) as told, database.reading():
        pass
    assert told.value.kind == "newer"


def test_the_file_is_the_users_alone(tmp_path: Path) -> None:
    kept = Database(tmp_path / "data")
    Reviews(kept).ask(PLAIN)
    assert kept.path is not None
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600


def test_a_full_disk_loses_nothing_that_was_there(tmp_path: Path) -> None:
    kept = Database(tmp_path / "data")
    reviews = Reviews(kept)
    reviews.ask(PLAIN)
    engine = kept._ready()

    @opening.event.listens_for(engine, "engine_connect")
    def _no_room(connection) -> None:  # type: ignore[no-untyped-def]
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

    def fill() -> None:
        for number in range(100):
            reviews.ask(asked(key=f"big-{number}", complaint="x" * 20_000))

    with pytest.raises(StorageError) as told:
        fill()
    assert told.value.kind == "full"
    assert PLAIN.text not in str(told.value)
    kept.close()
    assert reviews.listed(Wanted(words="drie weken")).total == 1


def test_a_database_that_stays_locked_is_said_to_be_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    kept = Database(tmp_path / "data")
    reviews = Reviews(kept)
    reviews.ask(PLAIN)
    other = sqlite3.connect(kept.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError) as told:
        reviews.ask(asked(key="k-2"))
    assert told.value.kind == "busy"
    assert reviews.listed(Wanted()).total == 1  # reading waits for nobody
    other.execute("ROLLBACK")
    reviews.ask(asked(key="k-2"))
    assert reviews.listed(Wanted()).total == 2


def test_a_file_that_is_no_database_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    kept = Database(tmp_path)
    assert kept.path is not None
    kept.path.write_bytes(b"these are my holiday pictures" * 100)
    with pytest.raises(StorageError) as told:
        Reviews(kept).ask(PLAIN)
    assert told.value.kind == "unusable"
    assert str(kept.path) in told.value.detail
    assert kept.path.read_bytes().startswith(b"these are my holiday")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = Database(tmp_path / "file")
    with pytest.raises(StorageError) as told:
        Reviews(kept).ask(PLAIN)
    assert (told.value.kind, str(tmp_path / "file") in told.value.detail) == ("unusable", True)


@pytest.mark.parametrize("address", ["mysql://x/y", "nonsense", "postgres", "sqlite:///x"])
def test_an_address_that_is_none_of_ours_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(StorageError):
        Database(tmp_path, address)


def test_a_server_that_is_away_is_told_without_its_password(tmp_path: Path) -> None:
    kept = Database(tmp_path, "postgresql://me:secret@127.0.0.1:9/reviews?connect_timeout=2")
    with pytest.raises(StorageError) as told:
        Reviews(kept).ask(PLAIN)
    assert told.value.kind == "unusable"
    assert "secret" not in str(told.value)
    assert "127.0.0.1:9" in told.value.detail
