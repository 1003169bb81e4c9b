"""Two forms of address for the same reader: the rarer one is pointed at."""

from __future__ import annotations

from collections.abc import Iterator

from meelezer.core.catalogue import Check
from meelezer.core.detectors import Case
from meelezer.core.detectors.patterns import matches
from meelezer.core.report import Finding, Span

_GREETING = "-greeting"


def detect(check: Check, case: Case) -> Iterator[Finding]:
    """Yield one finding on the first word in the rarer form, when both forms occur."""
    seen: dict[str, list[tuple[Span, Span]]] = {"formal": [], "informal": []}
    hints: dict[str, int] = {"formal": 0, "informal": 0}
    for family in check.families:
        form = family.id.removesuffix(_GREETING)
        for sentence in case.draft.sentences:
            for hit in matches(check, family, case.language, sentence.text):
                if family.id.endswith(_GREETING):
                    hints[form] += 1
                else:
                    span = Span(sentence.span.start + hit.start, sentence.span.start + hit.end)
                    seen[form].append((span, sentence.span))
    formal, informal = seen["formal"], seen["informal"]
    if formal and informal:
        rarer = "informal" if len(formal) >= len(informal) else "formal"
    elif informal and hints["formal"]:
        rarer = "informal"
    elif formal and hints["informal"] > 0 and not hints["formal"]:
        # "Hoi Lisa, ... u": common and friendly; not a mixture by itself.
        return
    else:
        return
    span, sentence_span = min(seen[rarer], key=lambda pair: pair[0].start)
    yield Finding(
        check=check.id,
        level=check.level,
        span=span,
        replaces=sentence_span,
        seen_by="structure",
        confidence=0.85,
        family=rarer,
    )
