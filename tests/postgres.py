"""A real PostgreSQL for tests, from the package pgserver: nobody has to install one. Each test gets a database of its own."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pgserver
import psycopg

_numbers = itertools.count(1)


class Postgres:
    """A running server."""

    def __init__(self, server: pgserver.PostgresServer) -> None:
        """Take a server that runs."""
        self._socket = parse_qs(urlsplit(server.get_uri()).query)["host"][0]

    def new_database(self) -> str:
        """Make an empty database and return its address."""
        name = f"test_{next(_numbers)}"
        with psycopg.connect(f"postgresql://postgres:@/postgres?host={self._socket}", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return f"postgresql://postgres:@/{name}?host={self._socket}"


@contextlib.contextmanager
def running(directory: Path) -> Iterator[Postgres]:
    """Run a server in `directory`, and stop it."""
    server = pgserver.get_server(directory, cleanup_mode="delete")
    try:
        yield Postgres(server)
    finally:
        server.cleanup()
