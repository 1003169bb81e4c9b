"""The playbook (draaiboek): what a team has agreed on beforehand. One TOML file; the shipped one until there is an own one.

Seeds 001 and 003: think before the complaint comes about who answers, how soon, and in which words.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
import tomllib
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import tomli_w
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from meelezer.core.data_files import shared_directory
from meelezer.opening_hours import OpeningHours

FILE_NAME = "playbook.toml"
PLACEHOLDERS = ("author", "name", "role", "signature", "promise", "opening_hours")
LONGEST_FILE = 500_000
"""Characters."""

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_LINE_OF_TOML = re.compile(r"line (\d+)")


class PlaybookError(Exception):
    """A playbook that cannot be used: the file, the line in it, the key, and what is wrong with it."""

    def __init__(self, line: int | None, key: str, reason: str, kind: str = "") -> None:
        """Take the line of the file (1 and up; None where it is not in a file), the key, the reason, and pydantic's name for it."""
        where = f"{FILE_NAME}, line {line}" if line else FILE_NAME
        super().__init__(f"{where}: {key}: {reason}" if key else f"{where}: {reason}")
        self.line, self.key, self.reason, self.kind = line, key, reason, kind


class PlaybookChangedError(Exception):
    """Somebody else changed the playbook since it was read; nothing was written."""


def _known_placeholders(text: str) -> str:
    for name in _PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            raise PydanticCustomError(
                "unknown_placeholder",
                "there is no {placeholder}; there are {known}",
                {"placeholder": f"{{{name}}}", "known": ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)},
            )
    return text.strip("\n")


Short = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Template = Annotated[str, StringConstraints(min_length=1, max_length=5_000), AfterValidator(_known_placeholders)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ShortTexts(_Part):
    """A few words in Dutch, English or both."""

    nl: Short | None = None
    en: Short | None = None

    @model_validator(mode="after")
    def _one_at_least(self) -> ShortTexts:
        return _some(self)


class Templates(_Part):
    """A text with placeholders and [gaps] in Dutch, English or both."""

    nl: Template | None = None
    en: Template | None = None

    @model_validator(mode="after")
    def _one_at_least(self) -> Templates:
        return _some(self)


Texts = TypeVar("Texts", ShortTexts, Templates)


class Contact(_Part):
    """Somebody a customer may be sent to."""

    name: Short
    role: Short | None = None
    reach: Short | None = Field(None, description="Telephone, address or page; never a private number.")


class StandardReply(_Part):
    """A reply to start from."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
    title: ShortTexts
    text: Templates


class Playbook(_Part):
    """What the team has agreed on."""

    promise_minutes: int | None = Field(
        None, ge=1, le=20_160, description="Minutes within which a complaint gets an answer."
    )
    address: Literal["u", "je"] | None = Field(
        None, description="How customers are addressed in Dutch; null follows them."
    )
    holds: Literal["nothing", "hold", "warn"] = Field("warn", description="What holds a post until a second press.")
    approval_from: Literal[2, 3, 4] | None = Field(
        None, description="Severity of a complaint from which on a colleague's approval is wanted; null: never."
    )
    words: list[Short] = Field(default=[], max_length=20_000, description="Words that are no spelling mistakes.")
    opening_hours: OpeningHours | None = None
    signature: Templates | None = None
    contacts: list[Contact] = Field(default=[], max_length=200)
    standard_replies: list[StandardReply] = Field(default=[], max_length=200)

    @model_validator(mode="after")
    def _ids_differ(self) -> Playbook:
        seen: set[str] = set()
        for reply in self.standard_replies:
            if reply.id in seen:
                raise PydanticCustomError("same_id", "two standard replies have the id {id}", {"id": reply.id})
            seen.add(reply.id)
        return self

    @property
    def promise(self) -> timedelta | None:
        """The promised time as a duration."""
        return timedelta(minutes=self.promise_minutes) if self.promise_minutes else None


def read_playbook(text: str) -> Playbook:
    """Read a playbook from TOML. Raises PlaybookError with the line."""
    if len(text) > LONGEST_FILE:
        raise PlaybookError(None, "", f"is longer than {LONGEST_FILE} characters")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE_OF_TOML.search(str(error))
        raise PlaybookError(int(line[1]) if line else None, "", f"is not valid TOML: {error}", "toml") from None
    try:
        return Playbook.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(map(str, first["loc"]))
        raise PlaybookError(_line_of(text, first["loc"]), key, str(first["msg"]), first["type"]) from None


class PlaybookFile:
    """The team's own file as it is now, read again when it has changed; the shipped one where there is none."""

    def __init__(self, data_dir: Path) -> None:
        """Take the folder that may hold the file."""
        self.path = data_dir / FILE_NAME
        self._lock = threading.Lock()
        self._read_at: tuple[int, int] | None = None
        self._found: Playbook | PlaybookError | None = None

    def text(self) -> str:
        """Return the file as it stands. Raises PlaybookError where it cannot be read."""
        try:
            return self.path.read_text("utf-8-sig")
        except FileNotFoundError:
            return shipped_text()
        except (OSError, UnicodeDecodeError) as error:
            raise PlaybookError(None, "", f"cannot be read: {type(error).__name__}") from None

    def now(self) -> Playbook:
        """Return what the team has agreed on. Raises PlaybookError."""
        with self._lock:
            try:
                state = self.path.stat()
                read_at = (state.st_mtime_ns, state.st_size)
            except OSError:
                read_at = (0, 0)
            if self._found is None or read_at != self._read_at:
                try:
                    self._found = read_playbook(self.text())
                except PlaybookError as error:
                    self._found = error
                self._read_at = read_at
            if isinstance(self._found, PlaybookError):
                raise self._found.with_traceback(None)  # raised often, it would keep every place it came by
            return self._found

    def usable(self) -> Playbook:
        """Return what can be used whatever the file says: a slip in it must not stop the reading of a draft."""
        try:
            return self.now()
        except PlaybookError:
            return Playbook.model_validate({})

    def save(self, text: str, instead_of: str | None = None) -> Playbook:
        """Put `text` in the place of the file, whole or not at all.

        `instead_of` is the version that was read; None takes the place of any. Raises PlaybookError,
        PlaybookChangedError, and OSError (disk full).
        """
        playbook = read_playbook(text)
        with self._lock:
            if instead_of is not None and instead_of != version_of(self.text()):
                raise PlaybookChangedError
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside = self.path.with_suffix(".new")
            try:
                with beside.open("w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(self.path)
            finally:
                beside.unlink(missing_ok=True)
            self._found = None
        return playbook

    def save_playbook(self, playbook: Playbook) -> Playbook:
        """Write `playbook` as TOML. Remarks that stood in the file are gone with it. Raises OSError."""
        table = playbook.model_dump(exclude_none=True)
        if playbook.opening_hours:
            table["opening_hours"] = playbook.opening_hours.as_written()
        return self.save(tomli_w.dumps(table, multiline_strings=True))


def version_of(text: str) -> str:
    """Return what tells one text of the playbook from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def shipped_text() -> str:
    """Return the playbook that Meelezer comes with, as TOML with remarks."""
    return (shared_directory() / FILE_NAME).read_text("utf-8")


def _some(texts: Texts) -> Texts:
    if texts.nl is None and texts.en is None:
        raise PydanticCustomError("no_language", "nl or en is needed")
    return texts


def _line_of(text: str, place: Sequence[int | str]) -> int | None:
    """Return the line where the value at `place` begins, or its nearest parent that is written out."""
    lines = text.splitlines()
    at: int | None = None
    for depth, key in enumerate(place):
        if isinstance(key, int):
            heads = [
                n
                for n, line in enumerate(lines)
                if re.match(rf"\s*\[\[\s*{re.escape(str(place[depth - 1]))}\s*\]\]", line)
            ]
            at = heads[key] if key < len(heads) else at
            continue
        begin = (at if at is not None else -1) + 1
        name = re.escape(key)
        found = next(
            (
                n
                for n in range(begin, len(lines))
                if re.match(rf"\s*{name}\s*=|\s*\[+(?:[\w-]+\.)*{name}\s*\]+", lines[n])
            ),
            None,
        )
        at = at if found is None else found
    return None if at is None else at + 1
