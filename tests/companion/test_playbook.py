"""The playbook: one file, read as it is now, refused by line; what it changes in the reading."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from meelezer.core.conversation import Complaint, Conversation, Draft, Language, Writer
from meelezer.core.suggestion import suggest
from meelezer.languagetool.proofreading import Proofreader
from meelezer.playbook import FILE_NAME, Playbook, PlaybookError, PlaybookFile, read_playbook, shipped_text
from meelezer.shipped import shipped_engine

SHIPPED = read_playbook(shipped_text())
REPLY = '[[standard_replies]]\nid = "a"\n[standard_replies.title]\nnl = "x"\n[standard_replies.text]\n'


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("reply", SHIPPED.standard_replies, ids=lambda reply: reply.id)
def test_what_meelezer_comes_with_is_quiet_under_its_own_checks(reply, language: Language):
    signature = getattr(SHIPPED.signature, language)
    text = getattr(reply.text, language).replace("{signature}", signature)
    for gap, words in (("author", "Lisa"), ("name", "Noor"), ("role", "teamleider" if language == "nl" else "team leader"), ("promise", "2 uur" if language == "nl" else "two hours")):  # fmt: skip
        text = text.replace(f"{{{gap}}}", words)
    report = shipped_engine().analyse(Conversation(draft=Draft(text), language=language), language)
    assert [(found.check, found.level) for found in report.findings if found.level != "hint"] == []


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("words = []\nholds = warn", 2, ""),
        ("\npromise_minutes = 0", 2, "promise_minutes"),
        ("promise_minutes = 'soon'", 1, "promise_minutes"),
        ("hold = 'warn'", 1, "hold"),
        ("holds = 'always'", 1, "holds"),
        ("\n\n[opening_hours]\n", 3, "opening_hours"),
        (REPLY + 'nl = "Dag {naam}"', 6, "standard_replies.0.text.nl"),
        (REPLY + 'nl = "Dag"\n' + REPLY + 'nl = ""', 12, "standard_replies.1.text.nl"),
        (REPLY + 'nl = "Dag"\n' + REPLY + 'nl = "Hoi"', None, ""),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int | None, key: str):
    with pytest.raises(PlaybookError) as caught:
        read_playbook(text)
    assert (caught.value.line, caught.value.key) == (line, key)
    assert caught.value.reason


def test_a_changed_file_is_read_again(tmp_path: Path):
    file = PlaybookFile(tmp_path)
    file.save("promise_minutes = 30")
    assert file.now().promise_minutes == 30
    file.path.write_text("promise_minutes = 240", "utf-8")
    os.utime(file.path, ns=(1, 1))
    assert file.now().promise_minutes == 240
    file.path.unlink()
    assert file.now() == SHIPPED


def test_a_bad_file_stops_no_reading_and_is_not_overwritten(tmp_path: Path):
    file = PlaybookFile(tmp_path)
    file.path.write_text("promise_minutes = 'soon'", "utf-8")
    with pytest.raises(PlaybookError):
        file.now()
    assert file.usable() == Playbook()
    with pytest.raises(PlaybookError):
        file.save("words = 3")
    assert file.text() == "promise_minutes = 'soon'"


def test_what_is_written_is_what_is_read(tmp_path: Path):
    file = PlaybookFile(tmp_path)
    file.save_playbook(SHIPPED)
    assert file.now() == SHIPPED
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_the_team_decides_on_u_or_je_until_the_writer_has_begun():
    complaint = Complaint("Waar blijft mijn jurk? Ik wacht al drie weken.", "Lisa")
    engine, writer = shipped_engine(), Writer("Noor", "teamleider")

    def formal(address, draft=None) -> bool:
        text = suggest(engine, Conversation(complaint=complaint, draft=draft, writer=writer), "nl", address).text
        text = re.sub(r"\[[^\]]*\]", "", text)  # gaps speak to the writer
        assert bool(re.search(r"\bu\b", text, re.IGNORECASE)) != bool(re.search(r"\bje\b", text, re.IGNORECASE))
        return bool(re.search(r"\bu\b", text, re.IGNORECASE))

    assert formal("u")
    assert not formal("je")
    assert not formal("u", Draft("Ik bel je morgen over je jurk. Groet, Noor"))


def test_own_words_are_no_mistakes(tmp_path: Path):
    proofreader = Proofreader("auto", tmp_path)  # not started: the dictionary reads
    text = "Wij leveren de kleedjesbox van flubberzwop."
    before = {text[c.start : c.end] for c in proofreader.proofread(text, "nl").corrections}
    assert "flubberzwop" in before
    PlaybookFile(tmp_path).save('words = ["Flubberzwop deluxe"]')
    after = {text[c.start : c.end] for c in proofreader.proofread(text, "nl").corrections}
    assert after == before - {"flubberzwop"}
