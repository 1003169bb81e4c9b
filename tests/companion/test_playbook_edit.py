"""Single values of a playbook's TOML are changed; what was written by hand beside them stays."""

from __future__ import annotations

import random
import re
import tomllib

import pytest

from meelezer.playbook import read_playbook, shipped_text
from meelezer.playbook_edit import CannotKeepError, Entry, PlaybookEdit

BY_HAND = """\
# van ons
words = [ # uit het assortiment
  "een", # 1
  "twee",
  # los
  "drie",
]
signature = {nl = "Groet"} # kort
promise_minutes = 90 # niet meer

# Klantenservice
[[contacts]] # boven
name = "Chris" # belt
role = "chef"
# Winkel
[[contacts]]
name = "Noor"

# voor de antwoorden
[[standard_replies]]
id = "a"
title.nl = "t"
text = {nl = "x"}
[[standard_replies]] # tweede
id = "b"
  # ingesprongen
  [standard_replies.title]
  en = "T"
  [standard_replies.text]
  en = '''
letterlijk \\'''
# voor de uren
[opening_hours]
# vakantie
nl = "altijd"
[opening_hours.days]
monday = "9.00-17.30"
# einde"""
AWKWARD = ["", " ", "x", "a\nb", '"', '"""', "'''", "\\", "\\n", "\t\x01\x7f", "é🙂\u202eشكرا", "# geen opmerking", "\n\n", "]\n["]  # fmt: skip


def remarks(text: str) -> set[str]:
    return set(re.findall(r"#[^\n]*", text))


def test_one_value_changes_and_all_else_stays_as_it_was():
    edit = PlaybookEdit(BY_HAND)
    edit.put(("promise_minutes",), 30)
    edit.put_words("words", ["een", "twee", "anderhalf", "drie"])
    edit.put_entries("contacts", [Entry(0, {("name",): "Christa"}), Entry(1, {})])
    before, after = BY_HAND.splitlines(), edit.text().splitlines()
    assert [line for line in before if line not in after] == [
        "promise_minutes = 90 # niet meer",
        'name = "Chris" # belt',
    ]
    assert {line.strip() for line in after if line not in before} == {
        "promise_minutes = 30 # niet meer",
        'name = "Christa" # belt',
        '"anderhalf",',
    }


def test_entries_move_with_what_stands_above_them():
    edit = PlaybookEdit(BY_HAND)
    edit.put_entries(
        "standard_replies", [Entry(1, {}), Entry(None, {("id",): "c", ("text", "nl"): "a\nb"}), Entry(0, {})]
    )
    edit.put_entries("contacts", [Entry(1, {}), Entry(0, {})])
    text = edit.text()
    assert [each["id"] for each in tomllib.loads(text)["standard_replies"]] == ["b", "c", "a"]
    assert '# Winkel\n[[contacts]]\nname = "Noor"' in text
    assert remarks(text) >= remarks(BY_HAND)


def test_what_is_emptied_goes_and_its_remarks_stay():
    edit = PlaybookEdit(BY_HAND)
    edit.put(("opening_hours", "nl"), None)
    edit.put(("opening_hours", "days", "monday"), None)
    edit.put(("signature", "nl"), None)
    edit.put_entries("standard_replies", [])
    text = edit.text()
    assert set(tomllib.loads(text)) == {"words", "promise_minutes", "contacts"}
    assert {"# voor de uren", "# vakantie", "# einde", "# voor de antwoorden"} <= remarks(text)


def test_a_change_that_would_lose_a_remark_is_refused():
    edit = PlaybookEdit(BY_HAND)
    edit.put_words("words", ["een", "drie"])
    assert remarks(edit.text()) == remarks(BY_HAND)
    with pytest.raises(CannotKeepError):
        edit.put_words("words", [])
    edit = PlaybookEdit('contacts = [ {name = "a"}, # eerste\n {name = "b"} ]')
    edit.put_entries("contacts", [Entry(0, {("name",): "c"}), Entry(1, {})])
    assert "# eerste" in edit.text()
    with pytest.raises(CannotKeepError):
        edit.put_entries("contacts", [Entry(1, {})])
    with pytest.raises(CannotKeepError):
        PlaybookEdit("contacts = 3").put_entries("contacts", [Entry(None, {("name",): "a"})])


def test_a_list_in_one_line_is_arranged_too():
    edit = PlaybookEdit('contacts = [{name = "a"}, {name = "b", role = "x"}]\nholds = "hold"')
    edit.put_entries("contacts", [Entry(1, {("role",): None}), Entry(None, {("name",): "c\nd"}), Entry(0, {})])
    assert tomllib.loads(edit.text()) == {"contacts": [{"name": "b"}, {"name": "c\nd"}, {"name": "a"}], "holds": "hold"}


def test_thousands_of_words_are_written_at_once():
    words = [f"woord{number}" for number in range(20_000)]
    edit = PlaybookEdit(shipped_text())
    edit.put_words("words", words)
    assert read_playbook(edit.text()).words == words


@pytest.mark.parametrize(
    "text", [BY_HAND, shipped_text(), "", "words = []"], ids=["by-hand", "shipped", "empty", "short"]
)
@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_changed_is_what_the_file_says(text: str, seed: int):
    dice = random.Random(seed)
    edit, expected = PlaybookEdit(text), tomllib.loads(text)
    kept = remarks(text)
    for _ in range(8):
        kind = dice.choice(["put", "words", "contacts", "standard_replies"])
        value = dice.choice([*AWKWARD, None])
        try:
            if kind == "put":
                path = dice.choice(
                    [("promise_minutes",), ("address",), ("signature", "nl"), ("opening_hours", "days", "monday")]
                )
                edit.put(path, value)
                _put(expected, path, value)
            elif kind == "words":
                words = dice.sample([*AWKWARD, *expected.get("words", [])], dice.randint(0, 6))
                edit.put_words("words", words)
                expected["words"] = words
            else:
                now = expected.get(kind, [])
                order = [*dice.sample([*range(len(now)), None], dice.randint(0, len(now) + 1))]
                text_of, id_of = dice.choice(AWKWARD), dice.choice(AWKWARD)
                changes = {("text", "nl"): text_of, ("id",): id_of}
                edit.put_entries(kind, [Entry(was, changes if was is None else {}) for was in order])
                expected[kind] = [{"text": {"nl": text_of}, "id": id_of} if was is None else now[was] for was in order]
                if not order:
                    del expected[kind]
                kept &= {"# van ons", "# einde", "# voor de uren"}  # the others may go with their entry
        except CannotKeepError:
            return  # said, and nothing was written
        assert tomllib.loads(edit.text()) == expected
        assert kept <= remarks(edit.text())


def _put(table: dict, path: tuple[str, ...], value: str | None) -> None:
    *parents, name = path
    if value is None and not (parents and parents[0] not in table):
        chain = [table]
        for parent in parents:
            if parent not in chain[-1]:
                return
            chain.append(chain[-1][parent])
        chain[-1].pop(name, None)
        for depth in reversed(range(len(parents))):
            if not chain[depth + 1]:
                del chain[depth][parents[depth]]
    elif value is not None:
        for parent in parents:
            table = table.setdefault(parent, {})
        table[name] = value
