"""Something is fine once and too much when repeated: counts one family, while others fire by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from meelezer.core.catalogue import Check
from meelezer.core.detectors import Case
from meelezer.core.detectors.patterns import detect as detect_patterns
from meelezer.core.detectors.patterns import matches
from meelezer.core.report import Finding, Span


def detect(check: Check, case: Case) -> Iterator[Finding]:
    """Yield findings of the other families, and one on the sentence where the counted family reaches its number."""
    counted, needed = check.options["counted"], int(check.options["at_least"])
    found = list(detect_patterns(check, case, skip={counted}))
    yield from found
    family = next(family for family in check.families if family.id == counted)
    seen = 0
    for sentence in case.draft.sentences:
        hits = matches(check, family, case.language, sentence.text)
        seen += len(hits)
        if hits and seen >= needed:
            if not any(finding.replaces == sentence.span for finding in found):
                yield Finding(
                    check=check.id,
                    level=family.level or check.level,
                    span=Span(sentence.span.start + hits[0].start, sentence.span.start + hits[-1].end),
                    replaces=sentence.span,
                    seen_by="pattern",
                    confidence=family.confidence,
                    family=family.id,
                )
            return
