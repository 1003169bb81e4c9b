"""Whether a reply concedes what the writer says is true (seed 004, 10: accept every element of the criticism that is right)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from meelezer.core.catalogue import Catalogue
from meelezer.core.detectors import Case
from meelezer.core.draft import hits
from meelezer.core.report import Point, Span
from meelezer.core.stems import content_stems

_OWNING = ("concession", "apology")
_ONLY_HEARD = re.compile(
    r"\b(?:sorry|spijt|vervelend|naar|jammer)\b[^.!?]{0,20}\b(?:to (?:hear|read)|te (?:horen|lezen))\b", re.IGNORECASE
)
"""Sorry to hear it is not sorry to have done it."""


def conceded_points(case: Case, points: Sequence[Point], catalogue: Catalogue) -> tuple[Point, ...]:
    """Mark the points that the writer calls true, and whether the draft concedes each; the others stay as they are.

    A point is conceded by a sentence that owns up - or one beside it - and talks about the same; a single true point by any
    owning up at all. Which points are true, only the writer says.
    """
    complaint = case.conversation.complaint
    if case.complaint is None or complaint is None or not complaint.true_points:
        return tuple(points)
    told = [case.complaint.folded.to_folded(Span(*place)) for place in complaint.true_points]
    true = [any(span.overlaps(point.span) for span in told) for point in points]
    owning = _owning_sentences(case, catalogue)
    around = [
        content_stems(" ".join(case.draft.sentences[near].text for near in _beside(index, case)), case.language)
        for index in owning
    ]

    def conceded(point: Point) -> bool:
        if sum(true) == 1:
            return bool(owning)
        assert case.complaint is not None
        about = content_stems(case.complaint.folded.text[point.span.start : point.span.end], case.complaint.language)
        return any(about & said for said in around)

    return tuple(
        replace(point, is_true=True, conceded=conceded(point)) if is_true else point
        for point, is_true in zip(points, true, strict=True)
    )


def _owning_sentences(case: Case, catalogue: Catalogue) -> list[int]:
    spans: list[Span] = [
        span for component in catalogue.components if component.id in _OWNING for span in hits(component, case.draft)
    ]
    found = sorted({case.draft.sentence_at(span.start) for span in spans})
    return [index for index in found if not _ONLY_HEARD.search(case.draft.sentences[index].text)]


def _beside(index: int, case: Case) -> range:
    return range(max(0, index - 1), min(len(case.draft.sentences), index + 2))
