"""The engine: order, texts, positions in the user's own text, and failures that hide nothing."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from meelezer.core.catalogue import Catalogue, default_catalogue
from meelezer.core.conversation import Complaint, Conversation, Draft, Writer
from meelezer.core.engine import Engine

BAD = "Beste Lisa,\n\nU had de voorwaarden moeten lezen. Regels zijn regels.\n\nGroet, Team Klantenservice"


def test_messages_come_in_the_locale_and_rewrites_in_the_language_of_the_draft(engine: Engine):
    report = engine.analyse(Conversation(draft=Draft(BAD)), "en")
    found = next(each for each in report.findings if each.check == "finger-pointing")
    assert report.language == "nl"
    assert found.title == "This may read as blaming the customer"
    assert "“U had de voorwaarden moeten lezen”" in found.message
    assert "Ik" in found.rewrites[0]


@pytest.mark.parametrize(
    ("draft", "form"), [("Dat had u moeten lezen. Uw Tom", " u "), ("Dat had je moeten lezen. Tom", " je ")]
)
def test_rewrites_address_the_reader_as_the_draft_does(find, draft: str, form: str):
    rewrites = find(draft, "nl", check="finger-pointing")[0].rewrites
    assert any(form in rewrite for rewrite in rewrites)
    other = " je " if form == " u " else " u "
    assert not any(other in rewrite for rewrite in rewrites)


def test_replaces_is_the_whole_sentence(find):
    found = find(BAD, check="finger-pointing")[0]
    assert BAD[found.replaces.start : found.replaces.end] == "U had de voorwaarden moeten lezen."


@pytest.mark.parametrize("before", ["😀 ", "e\u0301e\u0301n \u200b", "“Nou…” ", "\u202eعربي\u202c "])
def test_positions_are_those_of_the_users_own_text(find, before: str):
    text = f"{before}Dat had\u200b u moeten lezen. Tom"
    found = find(text, "nl", check="finger-pointing")[0]
    assert text[found.span.start : found.span.end].replace("\u200b", "").lower().endswith("had u moeten lezen")


def test_most_serious_first_then_in_reading_order(find):
    found = find("Regels zijn regels. Dat had u moeten lezen. ^EK", "nl")
    assert [each.check for each in found] == ["defensiveness", "finger-pointing", "anonymity"]
    assert [each.level for each in found] == ["warn", "warn", "hint"]


def test_one_failing_check_never_hides_the_rest(caplog: pytest.LogCaptureFixture):
    catalogue = default_catalogue()
    broken = replace(catalogue.check("sarcasm"), families=None)  # type: ignore[arg-type]
    engine = Engine(Catalogue((broken, catalogue.check("finger-pointing")), catalogue.lexicon))
    with caplog.at_level(logging.ERROR):
        report = engine.analyse(Conversation(draft=Draft("Dat had u moeten lezen."), language="nl"))
    assert [each.check for each in report.findings] == ["finger-pointing"]
    assert [(each.check, each.reason) for each in report.skipped] == [("sarcasm", "failed: TypeError")]
    assert "lezen" not in caplog.text


@pytest.mark.parametrize(
    ("draft", "complaint", "expected"),
    [
        ("Dat hadden wij eerder moeten melden.", None, "nl"),
        ("We should have told you sooner.", "Waar blijft mijn pakket nou toch?", "en"),
        ("ok", "Where is my parcel, please?", "en"),
        ("ok", None, "nl"),
    ],
)
def test_language_of_the_conversation(draft: str, complaint: str | None, expected: str):
    conversation = Conversation(complaint=Complaint(complaint) if complaint else None, draft=Draft(draft))
    assert Engine.language_of(conversation, "nl") == expected


def test_no_draft_gives_an_empty_report(engine: Engine):
    assert engine.analyse(Conversation(complaint=Complaint("Waar blijft het?"))).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀" * 500,
        "<script>alert(1)</script>",
        "a" * 20_000,
        "Dat had u moeten lezen " * 800,
        "\u202e" * 50,
        "م" * 300,
        '"' * 400,
        "(" * 3000,
    ],
)
def test_any_text_is_read(engine: Engine, text: str):
    report = engine.analyse(Conversation(draft=Draft(text), writer=Writer("Noor")))
    assert not report.skipped
    for found in report.findings:
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert 0 <= found.replaces.start <= found.replaces.end <= len(text)


@pytest.mark.parametrize(
    ("language", "draft", "replaced", "begins"),
    [
        ("nl", "Dag Lisa, u had de voorwaarden moeten lezen. Noor", "u had de voorwaarden moeten lezen.", "dit"),
        ("nl", "Beste mevrouw De Wit, u had beter moeten opletten. Noor", "u had beter moeten opletten.", "dit"),
        ("en", "Hi Lisa, you should have read the terms. Sam", "you should have read the terms.", "we"),
        # No greeting, or on a line of its own: the whole sentence.
        ("nl", "U had de voorwaarden moeten lezen. Noor", "U had de voorwaarden moeten lezen.", "Dit"),
        ("nl", "Dag Lisa,\nu had de voorwaarden moeten lezen. Noor", "u had de voorwaarden moeten lezen.", "Dit"),
        # A comma behind a greeting word that greets nobody.
        ("nl", "Die dag, u weet het, had u de voorwaarden moeten lezen. Noor", None, None),
    ],
)
def test_a_greeting_stays_when_its_sentence_is_replaced(language, draft, replaced, begins):
    found = [
        each
        for each in Engine().analyse(Conversation(draft=Draft(draft), language=language)).findings
        if each.check == "finger-pointing"
    ]
    if replaced is None:
        assert all(each.replaces.start == 0 for each in found)
        return
    (finding,) = found
    assert draft[finding.replaces.start : finding.replaces.end] == replaced
    assert finding.rewrites[0].startswith(begins)
