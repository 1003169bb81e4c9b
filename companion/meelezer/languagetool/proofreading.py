"""Spelling and grammar of one text, as the API, the command line and the pages use it."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from meelezer.core.conversation import Language
from meelezer.core.offsets import fold
from meelezer.core.report import Span
from meelezer.languagetool import jars, java, spelling
from meelezer.languagetool.calm import calmed, is_blanked, pieces
from meelezer.languagetool.client import Client, RawMatch
from meelezer.languagetool.errors import ProofreadingError
from meelezer.languagetool.queueing import Turns
from meelezer.languagetool.quiet import Severity, is_spelling, quiet_rules
from meelezer.languagetool.server import Condition, LanguageToolServer, is_healthy
from meelezer.languagetool.team_words import TeamWords
from meelezer.playbook import PlaybookFile

Category = Literal["spelling", "grammar", "punctuation", "style"]
# Plain "en" checks no spelling; one English for all, since another code builds pipelines of its own.
CODES: Mapping[Language, str] = {"nl": "nl", "en": "en-GB"}
MOST_REPLACEMENTS = 5
_CACHED = 200
_MOST_COMPOUNDS = 5
"""Unknown words of a text that LanguageTool is asked about whether they are compounds."""
_PIECE = 2500
"""Characters that are sent at once. The server cannot be stopped within a text, and what it is busy with keeps others waiting."""
_TOGETHER = 15.0
"""Seconds for all pieces of a text."""
_PUNCTUATION = frozenset({"PUNCTUATION", "TYPOGRAPHY"})
_STYLE = frozenset({"style", "register", "locale-violation"})


@dataclass(frozen=True, slots=True)
class Correction:
    """One mistake in the user's own text. `start` and `end` are code points of it."""

    start: int
    end: int
    message: str
    short_message: str
    replacements: tuple[str, ...]
    rule: str
    category: Category
    severity: Severity


@dataclass(frozen=True, slots=True)
class Proofreading:
    """What was found, and by what: "languagetool" or "spelling" (words only, without Java)."""

    corrections: tuple[Correction, ...]
    engine: Literal["languagetool", "spelling"]


class Proofreader:
    """LanguageTool or what stands in for it. `start` returns at once; the tone never waits for any of this."""

    def __init__(self, where: str, data_dir: Path, jars_home: Path | None = None) -> None:
        """Start nothing yet.

        `where`: "auto", "off", an address, or the folder of an installed LanguageTool (the setting `languagetool`).
        `data_dir`: holds the team's words; `jars_home`: where the jars are, if not there too.
        """
        self._where, self._data_dir = where, jars_home or data_dir
        self._team = TeamWords(data_dir)
        self._playbook = PlaybookFile(data_dir)
        self._turns = Turns()
        self._cache: OrderedDict[tuple[Language, str], list[RawMatch] | ProofreadingError] = OrderedDict()
        self._lock = threading.Lock()
        self._remote = Client(where.rstrip("/"), dict(CODES)) if is_address(where) else None
        self._answers = True
        self._server = None if self._remote or where == "off" else LanguageToolServer(self._command, CODES)

    def start(self) -> None:
        """Begin to start LanguageTool in the background, or to see whether the user's own server answers."""
        if self._server:
            self._server.start()
        elif self._remote:
            threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        self._answers = is_healthy(self._where)

    def stop(self) -> None:
        """End the process, where there is one."""
        if self._server:
            self._server.stop()

    @property
    def condition(self) -> Condition:
        """How LanguageTool is doing; a server the user named, as it was when it was last asked."""
        if self._remote:
            return Condition("ready") if self._answers else Condition("off", "no-answer", self._where)
        return self._server.condition if self._server else Condition("off", "switched-off")

    def settle(self, within: float) -> Condition:
        """Wait until it is ready or off, at most `within` seconds."""
        return self._server.settle(within) if self._server else self.condition

    def proofread(
        self,
        text: str,
        language: Language,
        *,
        editor: str | None = None,
        dictionary: Iterable[str] = (),
        switched_off: Iterable[str] = (),
    ) -> Proofreading:
        """Return what is wrong in `text`. Raises ProofreadingError.

        `editor`: an opaque id; while a text waits, a newer one of the same editor takes its place. `dictionary`: words
        that are right for this user; `switched_off`: rules that they never want to hear of again.
        """
        folded = fold(text)
        calm = calmed(folded.text)
        raw, engine = self._raw(calm, language, editor)
        agreed = (word for name in self._playbook.usable().words for word in name.split())
        accepted = self._team.now().union(word.lower() for word in (*dictionary, *agreed))
        off = frozenset(switched_off)
        rules = quiet_rules(language)
        shown = [
            (match, severity)
            for match in raw
            if match.rule not in off
            and not is_blanked(folded.text, calm, match.start, match.end)
            and (severity := rules.severity(match, folded.text, accepted))
        ]
        unknown = {folded.text[match.start : match.end]: match.replacements for match, _ in shown if is_spelling(match)}
        compounds = self._compounds(unknown, language) if engine == "languagetool" else set()
        found = []
        for match, severity in shown:
            words = folded.text[match.start : match.end]
            # What another dictionary has is a word too: LanguageTool's British English lacks "matinee" and refuses "color".
            if is_spelling(match) and (words in compounds or spelling.knows(words, language)):
                continue
            span = folded.to_original(Span(match.start, match.end))
            offered = tuple(dict.fromkeys(each for each in match.replacements if each != text[span.start : span.end]))
            found.append(
                Correction(
                    span.start,
                    span.end,
                    match.message,
                    match.short_message,
                    offered[:MOST_REPLACEMENTS],
                    match.rule,
                    _category(match),
                    severity,
                )
            )
        return Proofreading(tuple(found), engine)

    def _compounds(self, words: Mapping[str, Sequence[str]], language: Language) -> set[str]:
        """Return those of the unknown `words` (with what is offered for them) that are compounds of two words LanguageTool knows."""
        rules = quiet_rules(language)
        has_dictionary = spelling.is_available()
        # Without a dictionary LanguageTool is asked, and each part that is no word costs it as much as a mistake.
        some = list(words.items())[: None if has_dictionary else _MOST_COMPOUNDS]
        splits = {word: rules.splits(word, offered) for word, offered in some}
        parts = sorted({part for pairs in splits.values() for pair in pairs for part in pair})
        known = (
            {part for part in parts if spelling.knows(part, language)}
            if has_dictionary
            else self._known(parts, language)
        )
        return {word for word, pairs in splits.items() if any(known.issuperset(pair) for pair in pairs)}

    def _known(self, parts: Sequence[str], language: Language) -> set[str]:
        """Return those of `parts` that are words to LanguageTool."""
        if not parts:
            return set()
        text = "\n".join(parts)  # a line each, so that no rule sees two of them together
        try:
            raw, _ = self._raw(text, language, None)
        except ProofreadingError:
            return set()  # better one compound too many than no proofreading
        return set(parts) - {text[match.start : match.end] for match in raw if is_spelling(match)}

    def _raw(
        self, text: str, language: Language, editor: str | None
    ) -> tuple[list[RawMatch], Literal["languagetool", "spelling"]]:
        if not text.strip():
            return [], "languagetool"
        key = (language, text)
        with self._lock:
            known = self._cache.get(key)
            if known is not None:
                self._cache.move_to_end(key)
        if isinstance(known, ProofreadingError):  # too slow once is too slow always, and others wait meanwhile
            raise ProofreadingError(known.reason, known.detail)
        if known is not None:
            return known, "languagetool"
        try:
            client = self._remote or (self._server.client if self._server else None)
            if client is None:
                raise ProofreadingError("switched-off")
        except ProofreadingError:
            if self._where == "off" or not spelling.is_available():
                raise
            return spelling.misspelt(text, language), "spelling"
        with self._turns.turn(editor):
            try:
                found = self._ask(client, text, language)
            except ProofreadingError as error:
                if error.reason == "too-slow":
                    self._remember(key, error)
                raise
        self._remember(key, found)
        return found, "languagetool"

    def _remember(self, key: tuple[Language, str], outcome: list[RawMatch] | ProofreadingError) -> None:
        with self._lock:
            self._cache[key] = outcome
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)

    def _ask(self, client: Client, text: str, language: Language) -> list[RawMatch]:
        """Read a text piece by piece, each remembered: of a long draft only what was changed is read again."""
        began, found = time.monotonic(), []
        for start, piece in pieces(text, _PIECE):
            if time.monotonic() - began > _TOGETHER:
                raise ProofreadingError("too-slow")
            with self._lock:
                known = self._cache.get((language, piece))
            if not isinstance(known, list):
                known = self._ask_once(client, piece, language)
                self._remember((language, piece), known)
            found += [replace(each, start=each.start + start, end=each.end + start) for each in known]
        return found

    def _ask_once(self, client: Client, text: str, language: Language) -> list[RawMatch]:
        try:
            found = client.check(text, language)
        except ProofreadingError as error:
            if client is self._remote and error.reason == "stopped-midway":  # not ours to start again
                self._answers = False
                raise ProofreadingError("no-answer", self._where) from None
            raise
        self._answers = True
        return found

    def _command(self) -> tuple[str, str]:
        class_path = locate(self._where, self._data_dir)
        return java.find_java().path, class_path


def is_address(where: str) -> bool:
    """Say whether the setting names a server."""
    return urlsplit(where).scheme in ("http", "https")


def locate(where: str, data_dir: Path) -> str:
    """Return the class path of the LanguageTool to run. Raises ProofreadingError.

    A folder the user names; else Meelezer's own jars, each checked; else what language-tool-python once downloaded.
    """
    if where != "auto":
        return jars.class_path(Path(where).expanduser())
    own = jars.own_folder(data_dir)
    try:
        jars.verify(own)
        return str(own / "*")
    except ProofreadingError as error:
        # Something is there and it is not right: never run another instead, in silence.
        if error.reason != "not-installed":
            raise
        downloaded = _downloaded()
        if downloaded is None:
            raise
        return downloaded


def _downloaded() -> str | None:
    from language_tool_python.download_lt import LocalLanguageTool

    # Asking makes the library create its folder; where that is not allowed there is nothing in it either.
    try:
        found = LocalLanguageTool.get_latest_installed_version()
        return str(found.get_jar_path()) if found else None
    except Exception:  # whatever it throws, there is nothing to run
        return None


def _category(match: RawMatch) -> Category:
    if is_spelling(match):
        return "spelling"
    if match.category in _PUNCTUATION:
        return "punctuation"
    return "style" if match.issue in _STYLE else "grammar"


def proofreader(where: str, data_dir: Path) -> Proofreader:
    """Return the proofreader of the setting `languagetool`."""
    return Proofreader(where, data_dir, languagetool_folder(data_dir))


def languagetool_folder(data_dir: Path) -> Path:
    """Return where the jars are kept: the user's data folder, or what MEELEZER_LANGUAGETOOL_DIR names.

    The variable is for checkouts and tests, whose data folders come and go: 89 MB need not be fetched for each.
    """
    return Path(os.environ.get("MEELEZER_LANGUAGETOOL_DIR") or data_dir)
