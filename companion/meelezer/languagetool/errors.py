"""Why there is no proofreading, as a code that the messages and the API know."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "switched-off",
    "not-installed",
    "jars-missing",
    "jar-changed",
    "no-java",
    "port-taken",
    "out-of-memory",
    "cannot-start",
    "no-answer",
    "keeps-stopping",
    "starting",
    "stopped-midway",
    "too-slow",
    "superseded",
    "not-fetched",
]


class ProofreadingError(Exception):
    """LanguageTool cannot answer now. `detail` names the file, the folder or the address that is meant; never a user's text."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        """Take the reason and what it is about."""
        super().__init__(f"{reason} {detail}".strip())
        self.reason, self.detail = reason, detail
