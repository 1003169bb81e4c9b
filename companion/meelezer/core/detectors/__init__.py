"""One module per way of seeing. A check names its detector; a detector knows no check by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from meelezer.core.catalogue import Check
from meelezer.core.conversation import Conversation, Language
from meelezer.core.reading import Reading
from meelezer.core.report import Finding


@dataclass(frozen=True, slots=True)
class Case:
    """What a detector may look at: the conversation, the draft and the complaint as read, and the word lists."""

    conversation: Conversation
    draft: Reading
    complaint: Reading | None
    lexicon: Mapping[Language, Mapping[str, tuple[str, ...]]]

    @property
    def language(self) -> Language:
        """The language of the draft."""
        return self.draft.language


Detector = Callable[[Check, Case], Iterable[Finding]]
"""Yields findings with positions in the folded draft, without texts; the engine fills those in."""


def detectors() -> Mapping[str, Detector]:
    """Return every detector by the name that checks use."""
    from meelezer.core.detectors import patterns, signature

    return {"patterns": patterns.detect, "signature": signature.detect}
