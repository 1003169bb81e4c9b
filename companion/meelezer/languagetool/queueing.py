"""Lets two checks run at a time; of one editor only the newest text waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from meelezer.languagetool.errors import ProofreadingError

AT_ONCE = 2
"""As many as the server has threads."""


class Turns:
    """A queue for callers that wait in their own threads."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        """Let `at_once` callers run."""
        self._changed = threading.Condition()
        self._free = at_once
        self._waiting: dict[str, object] = {}

    @contextmanager
    def turn(self, editor: str | None) -> Iterator[None]:
        """Wait for a turn. Raises ProofreadingError ("superseded") when a newer text of `editor` comes in meanwhile."""
        ticket = object()
        with self._changed:
            if editor is not None:
                self._waiting[editor] = ticket
                self._changed.notify_all()  # the older text of this editor stops waiting
            self._changed.wait_for(lambda: self._free > 0 or self._is_old(editor, ticket))
            if self._is_old(editor, ticket):
                raise ProofreadingError("superseded")
            if editor is not None:
                del self._waiting[editor]
            self._free -= 1
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def _is_old(self, editor: str | None, ticket: object) -> bool:
        return editor is not None and self._waiting.get(editor) is not ticket
