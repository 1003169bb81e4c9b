"""The draft is in another language than the complaint."""

from __future__ import annotations

from collections.abc import Iterator

from meelezer.core.catalogue import Check
from meelezer.core.detectors import Case
from meelezer.core.reading import detect_language
from meelezer.core.report import Finding, Span

_NAMES = {"nl": {"nl": "Nederlands", "en": "Dutch"}, "en": {"nl": "Engels", "en": "English"}}
_FEWEST_WORDS = 5
"""A shorter text may be a name, a quotation or a loan word."""


def detect(check: Check, case: Case) -> Iterator[Finding]:
    """Yield one finding on the first sentence of a draft in the wrong language."""
    complaint = case.conversation.complaint
    if complaint is None or not case.draft.sentences:
        return
    if min(len(complaint.text.split()), len(case.draft.original.split())) < _FEWEST_WORDS:
        return
    asked, answered = detect_language(complaint.text), detect_language(case.draft.original)
    if asked is None or answered is None or asked == answered:
        return
    span = case.draft.sentences[0].span
    message = check.message[case.locale].format(
        complaint=_NAMES[asked][case.locale], draft=_NAMES[answered][case.locale]
    )
    yield Finding(
        check=check.id,
        level=check.level,
        span=Span(span.start, span.end),
        replaces=span,
        seen_by="structure",
        confidence=0.95,
        message=message,
    )
