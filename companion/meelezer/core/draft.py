"""How the draft answers: the elements of a good reply, the points of the complaint, the balance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from meelezer.core.catalogue import Catalogue
from meelezer.core.contact_ladder import climb
from meelezer.core.conversation import Language
from meelezer.core.detectors import Case
from meelezer.core.elements import Component, Needs
from meelezer.core.reading import Reading
from meelezer.core.report import (
    Balance,
    BalanceReason,
    Band,
    ComplaintReport,
    Finding,
    Point,
    PresentComponent,
    Span,
)
from meelezer.core.stems import content_stems

_SEVERE = 3
_ENOUGH_WORDS = 12
"""A draft with fewer words is not said to leave a point unanswered."""
_SHARED_WORDS = 2
"""Content words that a draft shares with a point before it is said to answer it; one where the point has but one."""
_ANSWERS = {
    "apology": "apology",
    "explanation": "explanation",
    "repair": "action",
    "refund": "action",
    "status": "time",
    "contact": "contact",
}
"""Which component answers which expectation."""
_DEFENSIVE = {
    "defensiveness": 0.5, "arguing": 0.5, "finger-pointing": 0.5, "sarcasm": 0.4, "trivialising": 0.4, "suppression": 0.6,
    "emotional": 0.4, "non-apology": 0.3, "hidden-agent": 0.2,
}  # fmt: skip
"""How hard each check pulls to the defensive side; a hint pulls half as hard."""
_VULNERABLE = {"apology": 0.15, "concession": 0.15, "understanding": 0.1}
_TOO_HUMBLE = 0.8
_MOST_VULNERABLE = 0.3
"""Owning a fault never makes a reply "too humble" by itself (004-19); grovelling does."""
_EDGE = 0.3, 0.6
_CLOSING_MARKS = " .,;:!"
_JUNIOR = re.compile(
    r"(?<!\w)(?:stagiai?re?|vakantiekracht|leerling|trainee|intern|apprentice|work experience|temp)(?!\w)",
    re.IGNORECASE,
)
_NOT_A_JUNIOR = {
    "nl": "Laat bij een ernstige klacht iemand tekenen die erover beslist.",
    "en": "Under a severe complaint, have somebody sign who decides on it.",
}
_FIRST_UNDERSTANDING = {
    "nl": "Zet eerst het begrip of wat klopt, dan de uitleg; anders leest die als verweer.",
    "en": "Put the understanding or what is true first, then the explanation; otherwise it reads as a defence.",
}
_ABOUT_THE_COMPLAINT = {
    "nl": "Geef een reden die over deze klacht gaat; een algemene uitleg overtuigt niemand die meeleest.",
    "en": "Give a reason that is about this complaint; a general explanation convinces nobody who reads along.",
}
_ASK_ROLE = {
    "nl": "Zet ook je functie erbij: “Groet, Noor, bedrijfsleider”.",
    "en": "Add your role too: “Best, Sam, team lead”.",
}


def case_of(case: Case, complaint: ComplaintReport | None) -> str:
    """Return which case of `shared/cases.toml` this is. Whether a complaint is justified, only the writer says."""
    kinds = {sign.id for sign in complaint.kinds} if complaint else set()
    if case.conversation.justified is False:
        return "unjustified"
    if complaint and complaint.severity.level >= _SEVERE:
        return "serious"
    if kinds == {"praise"}:
        return "praise"
    if "stars-only" in kinds:
        return "stars-only"
    if kinds == {"vent"}:
        return "vent"
    return "ordinary"


def read_components(case: Case, catalogue: Catalogue, complaint: ComplaintReport | None) -> list[PresentComponent]:
    """Return every component in the order of a good reply."""
    found = {component.id: _trimmed(_find(component, case), case.draft) for component in catalogue.components}
    needs = catalogue.cases.get(case_of(case, complaint), Needs())
    needed: set[str] = set()
    for alternatives in needs.need:
        there = [each for each in alternatives if found.get(each)]
        needed |= set(there or alternatives[:1])
    severe = complaint is not None and complaint.severity.level >= _SEVERE
    result = []
    for component in catalogue.components:
        span = found[component.id]
        hint = None
        if span is None and component.id not in needs.without:
            hint = component.hint[case.locale]
        elif component.detector == "signature" and severe:
            hint = _about_the_signer(case)
        elif (
            component.id == "explanation"
            and span
            and case.conversation.justified is False
            and not _is_about(span, case)
        ):
            # Correcting a customer with a reason that has nothing to do with it convinces nobody (004-9).
            hint = _ABOUT_THE_COMPLAINT[case.locale]
        elif component.id == "explanation" and _comes_first(found):
            hint = _FIRST_UNDERSTANDING[case.locale]
        result.append(
            PresentComponent(
                component.id, component.title[case.locale], span is not None, component.id in needed, span, hint
            )
        )
    return result


def _is_about(span: Span, case: Case) -> bool:
    """Say whether the sentence of an explanation, or the one before it, talks about what the complaint talks about."""
    if case.complaint is None:
        return True
    at = case.draft.sentence_at(span.start)
    said = " ".join(sentence.text for sentence in case.draft.sentences[max(0, at - 1) : at + 1])
    asked = content_stems(case.complaint.folded.text, case.complaint.language)
    return case.language != case.complaint.language or bool(asked & content_stems(said, case.language))


def _about_the_signer(case: Case) -> str | None:
    """Under a severe complaint stands somebody who can decide, with name and role."""
    closing = case.draft.folded.text[case.signature.span.start :]
    if _JUNIOR.search(f"{closing} {case.conversation.writer.role or ''}"):
        return _NOT_A_JUNIOR[case.locale]
    return None if case.signature.has_role else _ASK_ROLE[case.locale]


def _comes_first(found: Mapping[str, Span | None]) -> bool:
    """Say whether the explanation stands before any understanding, as a defence does."""
    explanation = found.get("explanation")
    owned = [span for each in ("understanding", "concession", "apology", "paraphrase") if (span := found.get(each))]
    return explanation is not None and all(span.start > explanation.start for span in owned)


def _find(component: Component, case: Case) -> Span | None:
    draft = case.draft
    if component.detector == "signature":
        return case.signature.span if case.signature.signer == "name" else None
    if component.detector == "contact-ladder":
        rung = climb(draft, component.rungs, case.lexicon[case.language], case.signature)
        return rung.span if rung and rung.height else None
    hit = next(hits(component, draft), None)
    if hit is None and component.overlap and case.complaint:
        asked = content_stems(case.complaint.folded.text, case.complaint.language)
        hit = next(
            (
                sentence.span
                for sentence in draft.sentences
                if "?" not in sentence.text
                and len(asked & content_stems(sentence.text, draft.language)) >= component.overlap
            ),
            None,
        )
    return hit


def _trimmed(span: Span | None, draft: Reading) -> Span | None:
    if span is None:
        return None
    words = draft.folded.text[span.start : span.end].rstrip(_CLOSING_MARKS)
    return Span(span.start, span.start + max(1, len(words)))


def hits(component: Component, draft: Reading) -> Iterator[Span]:
    """Yield the words of each sentence that bring `component`; positions are in the folded draft."""
    sentences = draft.sentences[:1] if component.first_sentence_only else draft.sentences
    for sentence in sentences:
        first = _first_hit(component, draft.language, sentence.text)
        if first:
            yield Span(sentence.span.start + first.start, sentence.span.start + first.end)


# While someone types, one sentence changes and the others stay: they are not matched again.
@lru_cache(maxsize=8192)
def _first_hit(component: Component, language: Language, text: str) -> Span | None:
    excepted = [Span(*match.span()) for pattern in component.unless[language] for match in pattern.finditer(text)]
    spans = (Span(*match.span()) for pattern in component.patterns[language] for match in pattern.finditer(text))
    good = [span for span in spans if not any(span.overlaps(other) for other in excepted)]
    if component.first_sentence_only:
        good = [span for span in good if span.start == 0]
    return min(good, key=lambda span: (span.start, -span.end), default=None)


def answer_points(
    case: Case, complaint: ComplaintReport, components: Sequence[PresentComponent], findings: Sequence[Finding]
) -> tuple[Point, ...]:
    """Return the points with whether the draft answers them: by what is asked for, or by talking about the same.

    A sentence that is remarked on answers nothing. `components` are in the folded draft, `findings` in the writer's own.
    """
    assert case.complaint is not None
    asked_in = case.complaint
    spoilt = [case.draft.folded.to_folded(finding.replaces) for finding in findings if finding.level != "hint"]

    def is_good(span: Span) -> bool:
        return not any(span.overlaps(other) for other in spoilt)

    present = {component.id for component in components if component.span and is_good(component.span)}
    good = " ".join(sentence.text for sentence in case.draft.sentences if is_good(sentence.span))
    said = content_stems(good, case.language)
    long_enough = len(case.draft.folded.text.split()) >= _ENOUGH_WORDS

    def answered(point: Point) -> bool | None:
        wanted = {
            _ANSWERS[sign.id]
            for sign in complaint.expectations
            if sign.id in _ANSWERS and sign.span and sign.span.overlaps(point.span)
        }
        about = content_stems(asked_in.folded.text[point.span.start : point.span.end], asked_in.language)
        if wanted & present or len(about & said) >= min(_SHARED_WORDS, max(1, len(about))):
            return True
        return False if long_enough and (wanted or about) else None

    return tuple(replace(point, answered=answered(point)) for point in complaint.points)


def read_balance(
    findings: Iterable[Finding], components: Sequence[PresentComponent], titles: Mapping[str, str]
) -> Balance:
    """Return where the draft stands, with the words that put it there. Positions are in the folded draft."""
    reasons: list[BalanceReason] = []
    defensive = humble = 0.0
    for finding in findings:
        weight = _DEFENSIVE.get(finding.check, 0.0) * (0.5 if finding.level == "hint" else 1.0)
        if weight:
            defensive += weight
            reasons.append(BalanceReason(finding.span, "defensive", titles[finding.check]))
        elif finding.check == "over-apology":
            humble += _TOO_HUMBLE
            reasons.append(BalanceReason(finding.span, "vulnerable", titles[finding.check]))
    owned = 0.0
    for component in components:
        if component.span is not None and component.id in _VULNERABLE:
            owned += _VULNERABLE[component.id]
            reasons.append(BalanceReason(component.span, "vulnerable", component.title))
    position = max(-1.0, min(1.0, min(owned, _MOST_VULNERABLE) + humble - defensive))
    band: Band = "defensive" if position < -_EDGE[0] else "too-humble" if position > _EDGE[1] else "balanced"
    reasons.sort(key=lambda reason: reason.span.start)
    return Balance(round(position, 2), band, tuple(reasons))


__all__ = ["answer_points", "case_of", "hits", "read_balance", "read_components"]
