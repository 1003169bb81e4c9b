"""Passwords: what may be one, how it is stored (Argon2id, argon2-cffi's own defaults), and whether one is right."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # one user alone needs no passwords, and may not have it
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 200
_AT_ONCE = threading.BoundedSemaphore(2)
"""Every reckoning takes 64 MiB and every core; many at once would leave nothing for the rest."""


def is_long_enough(password: str) -> bool:
    """Say whether this may be a password; only its length counts."""
    return SHORTEST <= len(password) <= LONGEST


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    with _AT_ONCE:
        return _hasher().hash(_as_bytes(password))


def matches(stored: str | None, password: str) -> bool:
    """Say whether it is the right one. Where there is none to compare with, it takes as long."""
    from argon2.exceptions import InvalidHashError, VerificationError

    nobody = _of_nobody()
    with _AT_ONCE:
        try:
            _hasher().verify(stored or nobody, _as_bytes(password[: LONGEST + 1]))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Say whether today's defaults are stricter than those it was made with."""
    return _hasher().check_needs_rehash(stored)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _of_nobody() -> str:
    return hashed(secrets.token_urlsafe(32))


def _as_bytes(password: str) -> bytes:
    # The same letters typed on another keyboard may be other code points.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace")
