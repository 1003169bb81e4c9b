"""One module per way of seeing. A check names its detector; a detector knows no check by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from meelezer.core.catalogue import Check
from meelezer.core.conversation import Conversation, Language
from meelezer.core.platforms import Platform
from meelezer.core.reading import Reading
from meelezer.core.report import Finding
from meelezer.core.signature import Signature, find_signature

_HANDLE = re.compile(r"@(\w{3,})")


@dataclass(frozen=True)
class Case:
    """What a detector may look at: the conversation, the draft and the complaint as read, and the word lists."""

    conversation: Conversation
    draft: Reading
    complaint: Reading | None
    lexicon: Mapping[Language, Mapping[str, tuple[str, ...]]]
    platform: Platform | None = None
    locale: Language = "nl"
    severity: int | None = None
    """Of the complaint, 1 to 4; None without one."""
    breaks_house_rule: bool = False
    """Whether the complaint does."""
    is_friendly: bool = False
    """Whether it is no complaint at all: praise, or a plain question."""

    @property
    def language(self) -> Language:
        """The language of the draft."""
        return self.draft.language

    @cached_property
    def signature(self) -> Signature:
        """Who signs the draft. The customer's own name, and accounts that the complaint is addressed to, sign nothing."""
        complaint = self.conversation.complaint
        others = " ".join([complaint.author or "", *_HANDLE.findall(complaint.text)]) if complaint else ""
        return find_signature(
            self.draft, self.lexicon[self.language], not_the_sender=others, writer=self.conversation.writer.name
        )


Detector = Callable[[Check, Case], Iterable[Finding]]
"""Yields findings with positions in the folded draft, without texts; the engine fills those in."""


def detectors() -> Mapping[str, Detector]:
    """Return every detector by the name that checks use."""
    from meelezer.core.detectors import (
        cliches,
        contact,
        count,
        disclosure,
        house_rules,
        language,
        length,
        mixture,
        patterns,
        signature,
    )

    return {
        "cliches": cliches.detect,
        "contact": contact.detect,
        "count": count.detect,
        "disclosure": disclosure.detect,
        "house-rules": house_rules.detect,
        "language": language.detect,
        "length": length.detect,
        "mixture": mixture.detect,
        "patterns": patterns.detect,
        "signature": signature.detect,
    }
