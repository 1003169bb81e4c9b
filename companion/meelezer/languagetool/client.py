"""Asks a LanguageTool server about one text: language_tool_python, with a time limit and positions of our own."""

from __future__ import annotations

import threading
import time
import urllib.parse
from dataclasses import dataclass
from typing import Any

import language_tool_python
import requests
from language_tool_python.exceptions import LanguageToolError, RateLimitError

from meelezer.core.conversation import Language
from meelezer.core.offsets import Utf16
from meelezer.languagetool.errors import ProofreadingError, Reason

TIME_LIMIT = 17.0
"""Seconds for one check of one text: a little more than the server allows itself (server.properties). Usual: 0.05 to 0.6."""
_GIVES_UP_AFTER = 14.0
_NO_PROXY = {"http": "", "https": ""}


@dataclass(frozen=True, slots=True)
class RawMatch:
    """One finding of LanguageTool. `start` and `end` are code points of the text that was sent."""

    start: int
    end: int
    message: str
    short_message: str
    replacements: tuple[str, ...]
    rule: str
    category: str
    issue: str
    """LanguageTool's issue type: misspelling, grammar, style, typographical, duplication, ..."""


class _Tool(language_tool_python.LanguageTool):
    """language_tool_python as it is, but once (it tries twice) and not for 300 s."""

    def __init__(self, language: str, address: str, time_limit: float) -> None:
        # The environment's proxy is for the outside world, not for this machine.
        self._TIMEOUT = time_limit  # type: ignore[assignment]
        super().__init__(language, remote_server=address, host="127.0.0.1", proxies=_NO_PROXY)

    def _query_server(self, url: str, params: Any = None, num_tries: int = 1, method: Any = "get") -> Any:  # noqa: ARG002
        return super()._query_server(url, params, 1, method)

    def raw(self, text: str) -> list[dict[str, Any]]:
        """Return the matches as the server gives them.

        `check` would keep the last text in a variable of the class and correct positions by it, so that two checks at
        the same time spoil each other's (language_tool_python 3.4, match.py).
        """
        answer = self._query_server(urllib.parse.urljoin(self._url, "check"), self._create_params(text), method="post")
        found: list[dict[str, Any]] = answer["matches"]
        return found


class Client:
    """One server. Safe to use from several threads."""

    def __init__(self, address: str, codes: dict[Language, str], time_limit: float = TIME_LIMIT) -> None:
        """Take the server's address and its code of each language (`nl`, `en-GB`; a plain `en` checks no spelling)."""
        self._address, self._codes, self._limit = address, codes, time_limit
        self._tools: dict[Language, _Tool] = {}
        self._lock = threading.Lock()

    def check(self, text: str, language: Language) -> list[RawMatch]:
        """Return what LanguageTool finds in `text` (NFC). Raises ProofreadingError.

        Always the same parameters: each new combination of rules makes the server build a pipeline, 3 to 10 s for Dutch.
        """
        began = time.monotonic()
        try:
            raw = self._tool(language).raw(text)
        except RateLimitError:
            raise ProofreadingError("no-answer", self._address) from None
        except LanguageToolError as error:
            # What it gives up itself (maxCheckTimeMillis) it ends by hanging up.
            gave_up = time.monotonic() - began > _GIVES_UP_AFTER
            raise ProofreadingError("too-slow" if gave_up else _why(error), self._address) from None
        except (KeyError, TypeError, ValueError):
            raise ProofreadingError("no-answer", self._address) from None
        points = Utf16(text)
        return [_match(each, points) for each in raw]

    def _tool(self, language: Language) -> _Tool:
        with self._lock:
            if language not in self._tools:
                self._tools[language] = _Tool(self._codes[language], self._address, self._limit)
            return self._tools[language]


def _why(error: LanguageToolError) -> Reason:
    """Return what an error of the library is about. It knows one kind only; the cause tells them apart."""
    if isinstance(error.__cause__, requests.Timeout):
        return "too-slow"
    if isinstance(error.__cause__, requests.RequestException):
        return "stopped-midway"
    # No JSON: the server's own sentence, of which the only one to expect is that the check took too long.
    return "too-slow"


def _match(raw: dict[str, Any], points: Utf16) -> RawMatch:
    start = raw["offset"]
    return RawMatch(
        start=points.points(start),
        end=points.points(start + raw["length"]),
        message=raw["message"],
        short_message=raw.get("shortMessage") or "",
        replacements=tuple(each["value"] for each in raw["replacements"]),
        rule=raw["rule"]["id"],
        category=raw["rule"]["category"]["id"],
        issue=raw["rule"].get("issueType", ""),
    )
