"""The draft exceeds, or nearly exceeds, what the platform takes."""

from __future__ import annotations

from collections.abc import Iterator

from meelezer.core.catalogue import Check
from meelezer.core.detectors import Case
from meelezer.core.platforms import count_length, longest_fit
from meelezer.core.report import Finding, Span

_UNITS = {
    "characters": {"nl": "tekens", "en": "characters"},
    "weighted": {"nl": "tekens", "en": "characters"},
    "bytes": {"nl": "bytes", "en": "bytes"},
    "graphemes": {"nl": "tekens", "en": "characters"},
}


def detect(check: Check, case: Case) -> Iterator[Finding]:
    """Yield one finding: on what is too much, or (near the limit) on the last sentence."""
    platform = case.platform
    if platform is None or platform.most is None or not case.draft.sentences:
        return
    text = case.draft.original
    count = count_length(text, platform)
    if count < platform.most * float(check.options["near"]):
        return
    last = case.draft.sentences[-1].span
    over = count > platform.most
    start = last.start
    if over:
        first = longest_fit(text, platform)
        start = min(case.draft.folded.to_folded(Span(first, min(first + 1, len(text)))).start, last.end - 1)
    message = check.message[case.locale].format(
        count=count, limit=platform.most, unit=_UNITS[platform.counting][case.locale]
    )
    yield Finding(
        check=check.id,
        level=check.level if over and not platform.soft else "hint",
        span=Span(start, last.end),
        replaces=last,
        seen_by="structure",
        confidence=0.99,
        message=message,
    )
