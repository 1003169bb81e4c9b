"""Words that are right for everybody who uses this companion: `dictionary.txt` in its data folder, one a line.

Names of products, of the team, of the trade. What stands after a # is a remark. A user's own words come with each request.
"""

from __future__ import annotations

import threading
from pathlib import Path

FILE_NAME = "dictionary.txt"
MOST = 20_000


class TeamWords:
    """The words of the file as it is now; read again when it has changed."""

    def __init__(self, data_dir: Path) -> None:
        """Take the folder that may hold the file."""
        self._path = data_dir / FILE_NAME
        self._lock = threading.Lock()
        self._read_at: tuple[int, int] | None = None
        self._words: frozenset[str] = frozenset()

    def now(self) -> frozenset[str]:
        """Return the words in lower case; none where there is no file, or none that can be read."""
        with self._lock:
            try:
                state = self._path.stat()
                if self._read_at != (state.st_mtime_ns, state.st_size):
                    lines = self._path.read_text("utf-8-sig").splitlines()[:MOST]
                    self._words = frozenset(word.lower() for line in lines if (word := line.partition("#")[0].strip()))
                    self._read_at = (state.st_mtime_ns, state.st_size)
            except (OSError, UnicodeDecodeError):
                self._words, self._read_at = frozenset(), None
            return self._words
