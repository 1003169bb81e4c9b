"""The second opinion: what is done with a tone model's word, tested with a model that says what the test wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from meelezer.core.conversation import Complaint, Conversation, Draft, Language
from meelezer.core.engine import Engine
from meelezer.core.report import Finding, Span


@dataclass(frozen=True)
class Word:
    """One check, one probability, the words from `start` to `end`."""

    check: str
    value: float
    start: int = 0
    end: int = 3

    def probability(self, check: str) -> float:
        return self.value if check == self.check else 0.0

    def span(self, check: str) -> Span:
        return Span(self.start, self.end)


class Says:
    """A tone model that gives the same word on every sentence that holds `about`."""

    def __init__(self, about: str, word: Word, threshold: float = 0.5) -> None:
        self.about, self.word, self.asked, self._threshold = about, word, [], threshold
        self.doubt = 0.0

    def judge(self, sentences: Sequence[str], language: Language, complaint: str = "") -> Sequence[Word]:
        self.asked += sentences
        return [self.word if self.about in sentence else Word("none", 0.0) for sentence in sentences]

    def judge_complaint(self, complaint: str) -> None:
        return None  # the words of the complaint speak for themselves

    def threshold(self, check: str, language: Language) -> float:
        return self._threshold

    def sure(self, check: str, language: Language) -> float:
        return self._threshold + self.doubt


def analyse(judge: object, text: str, **more: object) -> list[Finding]:
    known = ("sarcasm", "defensiveness", "vague-contact", "personal-data", "boilerplate", "finger-pointing")
    engine = Engine(judge=judge, judged=known)  # type: ignore[arg-type]
    report = engine.analyse(Conversation(draft=Draft(text), language="nl", **more))  # type: ignore[arg-type]
    assert not report.skipped
    return [finding for finding in report.findings if finding.check != "anonymity"]


def test_what_is_not_sure_is_whispered():
    judge = Says("vondst", Word("sarcasm", 0.8))
    text = "Wat een vondst van u, werkelijk waar. Ik bel u vandaag. Tom"
    assert [each.level for each in analyse(judge, text)] == ["warn"]
    judge.doubt = 0.4
    assert [each.level for each in analyse(judge, text)] == ["hint"]


def test_a_sentence_above_the_threshold_is_shown():
    text = "Dag Lisa.\nWat een vondst van u, werkelijk waar. Ik bel u vandaag. Tom"
    found = analyse(Says("vondst", Word("sarcasm", 0.8, 0, 14)), text)
    assert [(each.check, each.seen_by, each.confidence) for each in found] == [("sarcasm", "classifier", 0.8)]
    assert text[found[0].span.start : found[0].span.end] == "Wat een vondst"
    assert text[found[0].replaces.start : found[0].replaces.end] == "Wat een vondst van u, werkelijk waar."
    assert found[0].rewrites


def test_a_sentence_below_the_threshold_is_not():
    assert analyse(Says("vondst", Word("sarcasm", 0.49)), "Wat een vondst van u. Tom") == []


def test_a_pattern_on_the_same_sentence_speaks_first():
    found = analyse(Says("lezen", Word("finger-pointing", 0.99)), "Dat had u moeten lezen. Tom")
    assert [each.seen_by for each in found] == ["pattern"]


@pytest.mark.parametrize(
    ("check", "text"),
    [
        ("defensiveness", "Dit is nu eenmaal zo gegaan. U heeft gelijk dat het beter kan. Tom"),
        ("vague-contact", "Laat mij weten hoe ik dit kan oplossen. Groet, Tom"),
    ],
)
def test_what_cures_a_pattern_cures_the_model(check: str, text: str):
    sentence = text.split(". ")[0]
    assert analyse(Says(sentence, Word(check, 0.99, 0, len(sentence))), text) == []


@pytest.mark.parametrize(
    ("complaint", "levels"),
    [("De rits is na een week al gescheurd.", ["hint"]), ("Geweldig geholpen, dank jullie wel!", [])],
)
def test_a_sentence_that_fits_any_complaint_fits_praise_too(complaint: str, levels: list[str]):
    judge = Says("gaan", Word("boilerplate", 0.99, 0, 20))
    text = "Wij gaan voor goud bij al onze klanten. Tom"
    assert [each.level for each in analyse(judge, text, complaint=Complaint(complaint))] == levels


def test_private_channels_hold_no_disclosure():
    judge = Says("behandeld", Word("personal-data", 0.99, 0, 10))
    text = "Wij hebben u daarvoor behandeld. Tom"
    assert analyse(judge, text)[0].level == "hold"
    assert analyse(judge, text, channel="private") == []


def test_the_model_alone_holds_only_when_it_is_sure():
    found = analyse(Says("behandeld", Word("personal-data", 0.8, 0, 10)), "Wij hebben u daarvoor behandeld. Tom")
    assert [each.level for each in found] == ["warn"]


def test_greetings_and_signatures_are_not_judged():
    judge = Says("x", Word("sarcasm", 0.9))
    analyse(judge, "Hoi Lisa,\nIk bel u vandaag nog even.\nGroet, Noor, bedrijfsleider van de winkel")
    assert judge.asked == ["Ik bel u vandaag nog even."]


def test_a_failing_model_hides_nothing():
    class Broken(Says):
        def judge(self, sentences: Sequence[str], language: Language, complaint: str = "") -> Sequence[Word]:
            raise RuntimeError("geheim")

    engine = Engine(judge=Broken("x", Word("sarcasm", 1)), judged=("sarcasm",))
    report = engine.analyse(
        Conversation(Complaint("Waar blijft het?"), Draft("Dat had u moeten lezen. Tom"), language="nl")
    )
    assert [each.check for each in report.findings] == ["finger-pointing"]
    assert [(each.check, each.reason) for each in report.skipped] == [("tone-model", "failed: RuntimeError")]
