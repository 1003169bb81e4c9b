"""The second opinion: what the tone model sees in sentences that no pattern knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from meelezer.core.catalogue import Check
from meelezer.core.complaint import ComplaintJudgement
from meelezer.core.conversation import Language
from meelezer.core.detectors import Case, contact, disclosure, house_rules, patterns
from meelezer.core.report import Finding, Level, Span

_SURE_ENOUGH_TO_HOLD = 0.97
"""A post is held on the model's word alone only when it is this sure; below, it warns."""
_FEWEST_WORDS = 3
_SURE_UNDER_PRAISE = 0.9
"""Thanks for praise and answers to plain questions are rarely meant otherwise: there the model must be this sure."""


class Judgement(Protocol):
    """What a tone model says of one sentence."""

    def probability(self, check: str) -> float:
        """Return the calibrated probability of a check."""

    def span(self, check: str) -> Span:
        """Return the words that speak for it, within the sentence."""


class Judge(Protocol):
    """A tone model, as far as the engine needs it."""

    def judge(self, sentences: Sequence[str], language: Language, complaint: str = "") -> Sequence[Judgement]:
        """Judge each sentence, as an answer to `complaint` where there is one."""

    def judge_complaint(self, complaint: str) -> ComplaintJudgement | None:
        """Say what a complaint is, or None: not known."""

    def threshold(self, check: str, language: Language) -> float:
        """Return from which probability on a finding is shown."""

    def sure(self, check: str, language: Language) -> float:
        """Return from which probability on it has the check's own level; below, it is a hint."""


# What cures a pattern's finding cures the model's too.
_CURES: dict[str, Callable[[Check, Case, Finding], bool]] = {
    "contact": lambda _check, case, finding: contact.is_cured(case, finding),
    "disclosure": lambda _check, case, finding: disclosure.is_known(case, finding),
    "house-rules": house_rules.is_allowed,
    "patterns": patterns.is_conceded,
}


def second_opinion(checks: Sequence[Check], case: Case, judge: Judge, known: Sequence[str]) -> Iterator[Finding]:
    """Yield findings of the tone model for `known` check ids; positions are in the folded draft."""
    closing = case.signature.span
    sentences = [
        sentence
        for sentence in case.draft.sentences
        if len(sentence.text.split()) >= _FEWEST_WORDS
        and not (
            sentence.span.start >= closing.start
            and closing.start > 0
            and len(case.draft.sentences) > 1
            and len(sentence.text.split()) <= 6
        )
    ]
    complaint = case.complaint.folded.text if case.complaint else ""
    judgements = judge.judge([sentence.text for sentence in sentences], case.language, complaint)
    for check in checks:
        if check.id not in known or case.language not in check.languages:
            continue
        if check.detector == "cliches" and case.is_friendly:  # as there: praise is answered with courtesies
            continue
        threshold, sure = judge.threshold(check.id, case.language), judge.sure(check.id, case.language)
        for sentence, judgement in zip(sentences, judgements, strict=True):
            probability = judgement.probability(check.id)
            if probability < threshold or (case.is_friendly and probability < _SURE_UNDER_PRAISE):
                continue
            words = judgement.span(check.id)
            finding = Finding(
                check=check.id,
                level=_level(check.level, probability) if probability >= sure else "hint",
                span=Span(sentence.span.start + words.start, sentence.span.start + words.end),
                replaces=sentence.span,
                seen_by="classifier",
                confidence=min(probability, 0.99),
            )
            cure = _CURES.get(check.detector)
            if cure is None or not cure(check, case, finding):
                yield finding


def _level(level: Level, probability: float) -> Level:
    return "warn" if level == "hold" and probability < _SURE_ENOUGH_TO_HOLD else level
