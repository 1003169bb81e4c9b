"""The playbook as fields of a form: from a file, from what was typed, and what changed back into the file."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import PydanticCustomError

from meelezer.opening_hours import WEEK, two_times
from meelezer.playbook_edit import Entry, Path, PlaybookEdit, Value

UNITS: Mapping[str, int] = {"minutes": 1, "hours": 60, "days": 24 * 60}
ROWS: Mapping[str, tuple[str, ...]] = {
    "contacts": ("name", "role", "reach"),
    "standard_replies": ("title.nl", "title.en", "text.nl", "text.en"),
}
"""The lists of the playbook, with the fields of a row."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "address": ("", "u", "je"),
    "holds": ("warn", "hold", "nothing"),
    "approval_from": ("", "2", "3", "4"),
}
"""The first is what holds where the file says nothing."""
TEXTS = ("opening_hours.nl", "opening_hours.en", "signature.nl", "signature.en")
_PAIRS = (
    ("promise.count", "promise.unit", " "),
    *((f"opening_hours.{day}.from", f"opening_hours.{day}.until", "-") for day in WEEK),
)
"""Fields that say something together, and what stands between them."""
SPARE = 2
"""Empty rows to fill in without scripts."""
_IDENTITY = {"contacts": "name", "standard_replies": "id"}
_LONG = ("text.", "signature.")
"""Fields of several lines."""
_ROW = re.compile(r"(contacts|standard_replies)\.([0-9]{1,5})\.([a-z.]{1,20})")
_NUMBER = re.compile(r"[0-9]{1,9}")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Row:
    """One contact or standard reply; `was` says which one of the file, None: a new one."""

    number: int
    was: str | None = None
    is_gone: bool = False
    values: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is filled in."""
        return not any(value.strip() for value in self.values.values())


@dataclass(slots=True)
class Form:
    """Values by the name of their field, and the rows of each list in their order."""

    values: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {key: [] for key in ROWS})


@dataclass(frozen=True, slots=True)
class Places:
    """Where the rows are in the playbook: for each list, the numbers in the form of its first, second and further entry."""

    numbers: Mapping[str, list[int | None]]
    """None: an entry that the form did not speak of."""

    def field_of(self, place: Iterable[int | str]) -> str:
        """Return the name of the field that shows the value at `place`, or "" where none does."""
        path = [*place]
        key, rest = str(path[0]) if path else "", path[1:]
        if key == "promise_minutes":
            return "promise.count"
        if key in CHOICES or key == "words":
            return key
        if key == "opening_hours" and rest[:1] == ["days"]:
            return f"opening_hours.{rest[1]}.from" if len(rest) > 1 and rest[1] in WEEK else ""
        if key in ("opening_hours", "signature"):
            return f"{key}.{rest[0] if rest else 'nl'}" if rest in ([], ["nl"], ["en"]) else ""
        if key in ROWS and rest and isinstance(rest[0], int):
            number, within = self.numbers[key][rest[0]], ".".join(map(str, rest[1:]))
            # A title that is missing altogether is missed at its first language.
            name = next((name for name in ROWS[key] if name == within or name.startswith(f"{within}.")), "")
            return f"{key}.{number}.{name}" if within and name and number is not None else ""
        return ""


def from_table(table: Mapping[str, Any]) -> Form:
    """Return how the form shows a playbook, also one with mistakes in it. What it cannot show is empty."""
    form = Form()
    minutes = table.get("promise_minutes")
    if isinstance(minutes, int) and not isinstance(minutes, bool):
        form.values["promise.count"], form.values["promise.unit"] = in_units(minutes)
    else:
        form.values["promise.count"], form.values["promise.unit"] = _line(minutes), "minutes"
    for name, choices in CHOICES.items():
        form.values[name] = _line(table.get(name, choices[0]))
    for day in WEEK:
        opens, closes = _times(_at(table, ("opening_hours", "days", day)))
        form.values |= {f"opening_hours.{day}.from": opens, f"opening_hours.{day}.until": closes}
    for name in TEXTS:
        form.values[name] = _shown(name, _at(table, name.split(".")))
    words = table.get("words")
    form.values["words"] = "\n".join(map(_line, words)) if isinstance(words, list) else ""
    for key, names in ROWS.items():
        for number, each in enumerate(_tables(table, key)):
            values = {name: _shown(name, _at(each, name.split("."))) for name in names}
            form.rows[key].append(Row(number, _line(each.get(_IDENTITY[key])), values=values))
    return form


def places_of(shown: Form) -> Places:
    """Return where the rows are of a form that was made from a file."""
    return Places({key: [row.number for row in rows] for key, rows in shown.rows.items()})


def from_request(sent: Iterable[tuple[str, str]]) -> Form:
    """Return what was typed; names that are no field of this form are passed over, and of two of one name the first counts."""
    form, known = Form(), set(from_table({}).values)
    rows: dict[str, dict[int, Row]] = {key: {} for key in ROWS}
    for name, raw in sent:
        value = raw.replace("\r\n", "\n").replace("\r", "\n")
        if name in known:
            form.values.setdefault(name, value)
        elif found := _ROW.fullmatch(name):
            key, number, part = found[1], int(found[2]), found[3]
            if part not in (*ROWS[key], "was", "gone"):
                continue
            row = rows[key].setdefault(number, Row(number))
            if part == "was":
                row.was = value if row.was is None else row.was
            elif part == "gone":
                row.is_gone = True
            else:
                row.values.setdefault(part, value)
    form.rows = {key: [*found.values()] for key, found in rows.items()}
    return form


def with_spares(form: Form) -> Form:
    """Return the form with empty rows to fill in, and without those that were empty already."""
    rows = {}
    for key, kept in form.rows.items():
        kept = [row for row in kept if row.was is not None or not row.is_empty]
        begin = max((row.number for row in form.rows[key]), default=-1) + 1
        rows[key] = [*kept, *(Row(number) for number in range(begin, begin + SPARE))]
    return Form({**from_table({}).values, **form.values}, rows)


def write(typed: Form, edit: PlaybookEdit) -> Places:
    """Put into `edit` what was typed and differs from what stands there. Raises CannotKeepError."""
    table = edit.table()
    shown = from_table(table)

    def changed(*names: str) -> bool:
        return any(typed.values.get(name, shown.values[name]) != shown.values[name] for name in names)

    value = {**shown.values, **typed.values}
    if changed("promise.count", "promise.unit"):
        edit.put(("promise_minutes",), _minutes(value["promise.count"].strip(), value["promise.unit"]))
    for name in CHOICES:
        if changed(name):
            choice = value[name]
            edit.put((name,), int(choice) if name == "approval_from" and _NUMBER.fullmatch(choice) else choice or None)
    if changed("words"):
        edit.put_words("words", _words(value["words"], table.get("words")))
    for day in WEEK:
        ends = (f"opening_hours.{day}.from", f"opening_hours.{day}.until")
        if changed(*ends):
            hours = "-".join(value[end].strip() for end in ends)
            edit.put(("opening_hours", "days", day), None if hours == "-" else hours)
    for name in TEXTS:
        if changed(name):
            edit.put(tuple(name.split(".")), _text(value[name]))
    return Places({key: _write_rows(key, typed, shown, edit) for key in ROWS})


def differences(typed: Form, shown: Form) -> dict[str, str]:
    """Return by field what the file says now where something else was typed. A row that is not there any more differs in nothing."""
    now = shown.values
    found = {name: now[name] for name, value in typed.values.items() if value != now[name]}
    for first, second, between in _PAIRS:
        if found.pop(second, None) is not None or first in found:
            found[first] = f"{now[first]}{between}{now[second]}" if now[first] else ""
    for key in ROWS:
        for row, at in zip(typed.rows[key], _matched(typed.rows[key], shown.rows[key]), strict=True):
            theirs = shown.rows[key][at].values if at is not None else row.values
            found |= {
                f"{key}.{row.number}.{name}": theirs[name] for name in row.values if theirs[name] != row.values[name]
            }
    return found


def in_units(minutes: int) -> tuple[str, str]:
    """Return 1440 minutes as ("24", "hours"): the largest unit of which there are two at least."""
    unit = next(
        unit for unit, size in reversed([*UNITS.items()]) if size == 1 or (minutes % size == 0 and minutes > size)
    )
    return str(minutes // UNITS[unit]), unit


def _write_rows(key: str, typed: Form, shown: Form, edit: PlaybookEdit) -> list[int | None]:
    before = shown.rows[key]
    entries: list[Entry] = []
    numbers: list[int | None] = []
    places = _matched(typed.rows[key], before)
    ids = {row.was for row in before}
    for row, at in zip(typed.rows[key], places, strict=True):
        is_cut_off = at is not None and len(row.values) < len(ROWS[key])
        if row.is_gone or (row.is_empty and not is_cut_off):
            continue
        old = before[at].values if at is not None else dict.fromkeys(ROWS[key], "")
        changes: dict[Path, Value] = {
            tuple(name.split(".")): _text(value) for name, value in row.values.items() if value != old[name]
        }
        if at is None and key == "standard_replies":
            ids.add(new := _new_id(row, ids))
            changes = {("id",): new, **changes}
        entries.append(Entry(at, changes))
        numbers.append(row.number)
    # What this form does not speak of was added meanwhile, and stays.
    for at in range(len(before)):
        if at not in places:
            entries.append(Entry(at, {}))
            numbers.append(None)
    edit.put_entries(key, entries)
    return numbers


def _matched(typed: list[Row], shown: list[Row]) -> list[int | None]:
    """Return for each typed row which row of the file it is; of two alike the first is taken first."""
    free = [*enumerate(shown)]
    found: list[int | None] = []
    for row in typed:
        at = next((at for at, (_, each) in enumerate(free) if row.was is not None and each.was == row.was), None)
        found.append(None if at is None else free.pop(at)[0])
    return found


def _new_id(row: Row, taken: set[str | None]) -> str:
    title = next((row.values[name] for name in ("title.nl", "title.en") if row.values.get(name, "").strip()), "")
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = _NOT_IN_A_SLUG.sub("-", plain)[:50].strip("-") or "reply"
    return next(
        each for each in itertools.chain([slug], (f"{slug}-{n}" for n in itertools.count(2))) if each not in taken
    )


def _minutes(count: str, unit: str) -> Value:
    return int(count) * UNITS.get(unit, 1) if _NUMBER.fullmatch(count) else count or None


def _words(typed: str, before: object) -> list[str]:
    """Return one word a line; a word that was there already stays as it was written."""
    written = {_line(word): word for word in before if isinstance(word, str)} if isinstance(before, list) else {}
    return [written.get(line, line.strip()) for line in typed.split("\n") if line.strip()]


def _text(typed: str) -> str | None:
    return typed.strip("\n") if typed.strip() else None


def _tables(table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the list at `key` where it is one of tables all through; else the form cannot show it."""
    found = table.get(key)
    return found if isinstance(found, list) and all(isinstance(each, dict) for each in found) else []


def _at(table: object, path: Iterable[str]) -> object:
    for part in path:
        table = table.get(part) if isinstance(table, dict) else None
    return table


def _shown(name: str, value: object) -> str:
    if name.startswith(_LONG) and isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return _line(value)


def _line(value: object) -> str:
    """Return a value as a field of one line holds it: what a browser would make of it on the way back."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return re.sub(r"[\r\n]+", " ", text).replace("\0", "\ufffd")


def _times(value: object) -> tuple[str, str]:
    try:
        opens, closes = two_times(_line(value)).split("-")
    except PydanticCustomError:
        return "", ""
    return opens, closes
