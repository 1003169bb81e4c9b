"""Opens the database: SQLite in the data folder, or PostgreSQL by one setting; brings it up to date first."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.orm import Session

FILE_NAME = "reviews.sqlite3"
MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 5.0
_POSTGRES_DRIVER = "postgresql+psycopg"
_WRITES = "meelezer_writes"
_MIGRATING = 746_300
"""Number of the lock that companions on one PostgreSQL take while they migrate."""


class StorageError(Exception):
    """The database cannot be used. `kind`: "busy", "full", "newer", "unusable"; `detail` names no text of a user."""

    def __init__(self, kind: str, detail: str = "") -> None:
        """Take the kind of trouble, and where it is."""
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind, self.detail = kind, detail


class Database:
    """One database; nothing is opened or made before the first use."""

    def __init__(self, directory: Path, address: str = "") -> None:
        """Use SQLite in `directory`, or the PostgreSQL at `address`. Raises StorageError for an address that is none."""
        self.path = None if address else directory / FILE_NAME
        self._url = url_of(address) if address else URL.create("sqlite", database=str(self.path))
        self._engine: Engine | None = None
        self._lock = threading.Lock()

    @property
    def exists(self) -> bool:
        """Whether anything may have been stored."""
        return self.path is None or self.path.is_file()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session to read with. Raises StorageError."""
        with self._session(writes=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session that is one transaction: everything in it is stored, or nothing. Raises StorageError."""
        with self._session(writes=True) as session:
            yield session

    @contextmanager
    def _session(self, *, writes: bool) -> Iterator[Session]:
        try:
            engine = self._ready().execution_options(**{_WRITES: writes})
            with Session(engine, expire_on_commit=False) as session, session.begin():
                yield session
        except IntegrityError:  # what it means depends on what was wanted: `store` knows
            raise
        except DBAPIError as error:
            raise in_kinds(error, self.where) from None

    def close(self) -> None:
        """Let go of every connection."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    @property
    def where(self) -> str:
        """The file or the address, without its password."""
        return str(self.path) if self.path else self._url.render_as_string(hide_password=True)

    def _ready(self) -> Engine:
        with self._lock:
            if self._engine is None:
                engine = self._open()
                try:
                    migrate(engine)
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
            return self._engine

    def _open(self) -> Engine:
        if self.path is None:
            return create_engine(self._url, pool_pre_ping=True, pool_size=10, max_overflow=22)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.touch(0o600)
        except OSError as error:
            raise StorageError("unusable", f"{self.path}: {error.strerror}") from None
        engine = create_engine(self._url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin)
        return engine


def url_of(address: str) -> URL:
    """Return a PostgreSQL address with our driver. Raises StorageError."""
    try:
        url = make_url(address)
        if url.get_backend_name() != "postgresql":
            raise StorageError("unusable", "only postgresql:// addresses can be used")
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError):
        raise StorageError("unusable", "the address of the database cannot be read") from None
    return url.set(drivername=_POSTGRES_DRIVER)


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would open transactions by itself, and too late: see SQLAlchemy's page on pysqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # Erased text must not stay behind in free pages.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    # Whoever reads and then writes must not be overtaken in between; who only reads waits for nobody.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES, True) else "BEGIN")


def in_kinds(error: DBAPIError, where: str) -> StorageError:
    """Say what an error of the driver means for the user. The statement and its values are left out: they hold texts."""
    told = str(error.orig).casefold()
    if "locked" in told or "busy" in told or "deadlock" in told or "timeout" in told:
        return StorageError("busy", where)
    if "full" in told or "no space" in told:
        return StorageError("full", where)
    return StorageError("unusable", f"{where}: {type(error.orig).__name__}")


def configuration() -> Config:
    """Return Alembic's configuration; there is no alembic.ini to lose."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the database to `revision`. Raises StorageError where it was made by a newer Meelezer."""
    config = configuration()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATING})
        now = MigrationContext.configure(connection).get_current_revision()
        if now is not None and now not in known:
            raise StorageError("newer", now)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
