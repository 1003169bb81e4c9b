"""Who may ask: tokens on disk, and the pairing code that hands one to a browser."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_FILE = "tokens.json"
_SESSION_FILE = "session-secret"
_SHORTEST_SECRET = 43
MAX_WRONG_CODES = 5
"""Wrong pairing codes before a new one is made; a guesser then starts again at one in a million."""


class TokenStoreError(Exception):
    """The token file cannot be read or written. The message names file and reason."""


class TokenStore:
    """Tokens in the data folder, readable by the user alone. Paired browsers' tokens are kept as hashes."""

    def __init__(self, directory: Path) -> None:
        """Use `directory`; it is made on the first write."""
        self._path = directory / _FILE
        self._lock = threading.Lock()

    @property
    def path(self) -> Path:
        """Where the tokens lie."""
        return self._path

    def own_token(self) -> str:
        """Return the token of the command line; made on first use."""
        with self._lock:
            table = self._read()
            if "token" not in table:
                table["token"] = secrets.token_urlsafe(32)
                self._write(table)
            return str(table["token"])

    def issue(self, client: str) -> str:
        """Make a token for a paired browser and remember its hash."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            table = self._read()
            table.setdefault("paired", []).append(
                {"sha256": _digest(token), "client": client, "since": datetime.now(UTC).isoformat(timespec="seconds")}
            )
            self._write(table)
        return token

    def accepts(self, token: str) -> bool:
        """Say whether `token` is one of ours."""
        with self._lock:
            table = self._read()
        known = [entry["sha256"] for entry in table.get("paired", [])]
        if "token" in table:
            known.append(_digest(table["token"]))
        digest = _digest(token)
        # No early end: how long this takes tells nothing about the tokens.
        return any([hmac.compare_digest(digest, other) for other in known])  # noqa: C419

    def revoke_all(self) -> None:
        """Forget every token, paired browsers included."""
        with self._lock:
            self._write({})

    def clients(self) -> list[dict[str, str]]:
        """Return the paired browsers: their name and since when."""
        with self._lock:
            return [{"client": entry["client"], "since": entry["since"]} for entry in self._read().get("paired", [])]

    def _read(self) -> dict[str, Any]:
        try:
            table = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise TokenStoreError(f"{self._path}: {type(error).__name__}; remove the file to start afresh") from None
        if not isinstance(table, dict):
            raise TokenStoreError(f"{self._path}: is not a token file; remove it to start afresh")
        return table

    def _write(self, table: dict[str, Any]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self._path.with_suffix(".new")
            # Whole or not at all: a full disk or a killed process must not leave half a file.
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(table, file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
        except OSError as error:
            raise TokenStoreError(f"{self._path}: cannot be written: {error.strerror}") from None


def session_secret(directory: Path) -> str:
    """Return the secret that signs a team's sessions; made on first use, readable by the user alone. Raises TokenStoreError."""
    path = directory / _SESSION_FILE
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
        found = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TokenStoreError(f"{path}: {type(error).__name__}; remove the file to start afresh") from None
    if len(found) < _SHORTEST_SECRET:  # half a file would sign sessions that anybody can make
        raise TokenStoreError(f"{path}: is too short; remove it to start afresh")
    return found


class Pairing:
    """The code shown by the companion, which a browser types once to get a token."""

    def __init__(self) -> None:
        """Make a first code."""
        self._lock = threading.Lock()
        self._wrong = 0
        self.code = _new_code()

    def redeem(self, code: str) -> bool:
        """Say whether `code` is right; a right one is spent, after too many wrong ones a new one is made."""
        with self._lock:
            if hmac.compare_digest(_digits(code), _digits(self.code)):
                self.code, self._wrong = _new_code(), 0
                return True
            self._wrong += 1
            if self._wrong >= MAX_WRONG_CODES:
                self.code, self._wrong = _new_code(), 0
                raise TooManyCodes
            return False


class TooManyCodes(Exception):  # noqa: N818 - says what happened
    """Too many wrong codes; a new one was made."""


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _digits(code: str) -> str:
    return "".join(character for character in code if character in "0123456789")


def _new_code() -> str:
    number = secrets.randbelow(1_000_000)
    return f"{number // 1000:03}-{number % 1000:03}"
