"""Changes single values in a playbook's TOML, so that what somebody wrote by hand beside them stays."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import tomli_w
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Comment, InlineTable, Item, Table, Whitespace

Value = str | int | None
"""None takes the key away."""
Path = tuple[str, ...]
_FEW = 200
"""So many words are changed one by one, and stand as they stood; a list with more changes is written anew."""
_REMARK = re.compile(r"#.*")


class CannotKeepError(Exception):
    """This change would lose something of the file, or cannot be written into it; it has to be made by hand."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One of a list of tables: which one it was in the file (None: new), and what changes in it."""

    was: int | None
    changes: Mapping[Path, Value]


class PlaybookEdit:
    """A playbook that is being changed. What it is now is `table()`; the file it makes is `text()`."""

    def __init__(self, text: str) -> None:
        """Take the file as it stands, which is valid TOML. Raises CannotKeepError."""
        try:
            self._document = tomlkit.parse(text if text.endswith("\n") else f"{text}\n")
        except TOMLKitError:  # it is stricter than tomllib here and there
            raise CannotKeepError from None

    def put(self, path: Path, value: Value) -> None:
        """Set the value at `path`, or take it away; a table that gets empty by that goes too."""
        if _put(self._document, path, value) and value is None and len(path) > 1:
            self._prune(path[:-1])

    def put_words(self, key: str, words: Sequence[str]) -> None:
        """Make the list at `key` these words. Raises CannotKeepError."""
        array = self._document.get(key)
        if not isinstance(array, Array):
            self._document[key] = tomlkit.array()
            array = self._document[key]
        before, source = [str(word) for word in array], array.as_string()
        steps = [step for step in SequenceMatcher(None, before, words, False).get_opcodes() if step[0] != "equal"]
        if sum(step[2] - step[1] + step[4] - step[3] for step in steps) > _FEW:
            self._document[key] = _parsed(list(words))
            array = self._document[key]
        else:
            for _, begin, end, first, last in reversed(steps):
                for at in reversed(range(begin, end)):
                    del array[at]
                for at, word in enumerate(words[first:last]):
                    array.insert(begin + at, word)
        if Counter(_REMARK.findall(source)) - Counter(_REMARK.findall(array.as_string())):
            raise CannotKeepError

    def put_entries(self, key: str, entries: Sequence[Entry]) -> None:
        """Make the list of tables at `key` these, in this order. Raises CannotKeepError."""
        now = self._document.get(key)
        length = len(now) if isinstance(now, AoT | Array) else 0
        is_tables = isinstance(now, AoT | Array) and all(isinstance(each, Table | InlineTable) for each in now)
        if [entry.was for entry in entries] == [*range(length)]:
            pass  # every one in its place
        elif now is not None and not is_tables:
            raise CannotKeepError
        elif isinstance(now, Array):
            self._arrange_array(key, now, entries)
        elif isinstance(now, AoT):
            self._arrange_tables(key, now, entries)
        else:
            self._document.append(key, tomlkit.aot())
            self._arrange_tables(key, self._document[key], entries)
        for at, entry in enumerate(entries):
            for path, value in entry.changes.items():
                _put(self._document[key][at], path, value)

    def table(self) -> dict[str, Any]:
        """Return what it says now."""
        return self._document.unwrap()

    def text(self) -> str:
        """Return the file. Raises CannotKeepError where it would not say what `table` says."""
        text = tomlkit.dumps(self._document)
        try:
            if tomllib.loads(text) == self.table():
                return text
        except tomllib.TOMLDecodeError:
            pass
        raise CannotKeepError

    def _arrange_array(self, key: str, array: Array, entries: Sequence[Entry]) -> None:
        if "#" in array.as_string():
            raise CannotKeepError
        new = tomlkit.array()
        for entry in entries:
            new.append(tomlkit.inline_table() if entry.was is None else array[entry.was])
        self._document[key] = new.multiline(True)

    def _arrange_tables(self, key: str, tables: AoT, entries: Sequence[Entry]) -> None:
        known = [*tables]
        # What stands above a header belongs to it and goes where it goes; the parser keeps it with what is before.
        cut = ["", *map(_cut_end, known)]
        above = [lead + table.trivia.indent for lead, table in zip(cut, known, strict=False)]
        below = cut[-1]
        while len(tables):
            del tables[0]
        for at, entry in enumerate(entries):
            tables.append(tomlkit.table() if entry.was is None else known[entry.was])
            lead = "" if entry.was is None else above[entry.was].lstrip("\n")
            tables[at].trivia.indent = ("" if at == 0 and known else "\n") + lead
        left = {entry.was for entry in entries}
        gone = "".join(lead.lstrip("\n") for at, lead in enumerate(above) if at not in left and "#" in lead)
        self._put_below(key, gone + below)
        if not entries:
            self._document.remove(key)

    def _prune(self, path: Path) -> None:
        """Take away the table at `path` where it is empty now; the remarks in it stay in the file."""
        *parents, name = path
        container: Any = self._document
        for parent in parents:
            container = container[parent]
        table = container[name]
        if len(table):
            return
        if isinstance(table, Table):
            self._put_below(path[0], table.trivia.indent + "".join(each.as_string() for _, each in table.value.body))
        del container[name]
        if parents:
            self._prune(tuple(parents))

    def _put_below(self, key: str, remarks: str) -> None:
        """Put lines between what is at `key` and the next header, or at the end of the file."""
        if not remarks:
            return
        names = [name.key if name is not None else None for name, _ in self._document.body]
        for _, each in self._document.body[len(names) - names[::-1].index(key) :]:
            if head := _head(each):
                head.trivia.indent = remarks + head.trivia.indent
                return
        if "#" in remarks:
            self._document.add(tomlkit.nl())
        for line in remarks.split("\n"):
            if line.strip():
                self._document.add(tomlkit.comment(line.strip().removeprefix("#").strip()))


def _head(each: Item) -> Table | None:
    """Return the table whose header is written first in `each`, if it has any."""
    if isinstance(each, AoT):
        return each[0] if len(each) else None
    if not isinstance(each, Table) or not each.is_super_table():
        return each if isinstance(each, Table) else None
    return next((head for _, inner in each.value.body if (head := _head(inner))), None)


def _put(container: Any, path: Path, value: Value) -> bool:
    """Set the value at `path`, or take it away; say whether something was there to be taken away."""
    *parents, name = path
    for parent in parents:
        if not isinstance(container.get(parent), Table | InlineTable):
            if value is None:
                return False
            is_inline = isinstance(container, InlineTable)
            container[parent] = tomlkit.inline_table() if is_inline else tomlkit.table()
            if isinstance(container, Table):  # a block is written without empty lines in it
                container[parent].trivia.indent = ""
        container = container[parent]
    if value is not None:
        container[name] = tomlkit.item(value) if isinstance(container, InlineTable) else _item(value)
        return True
    return container.pop(name, None) is not None


def _item(value: str | int) -> Item:
    # A long text begins on a line of its own, as in the shipped file.
    return _parsed(value) if isinstance(value, str) and "\n" in value else tomlkit.item(value)


def _parsed(value: str | list[str]) -> Item:
    found = tomlkit.parse(tomli_w.dumps({"x": value}, multiline_strings=True)).item("x")
    assert isinstance(found, Item)
    return found


def _cut_end(table: Table) -> str:
    """Take the remarks and empty lines at the end of `table` off it, and return them."""
    body = table.value.body
    if body and isinstance(body[-1][1], Table):
        return _cut_end(body[-1][1])
    cut: list[str] = []
    while body and isinstance(body[-1][1], Comment | Whitespace):
        cut.append(body.pop()[1].as_string())
    return "".join(reversed(cut))
