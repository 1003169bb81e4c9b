"""The ladder of seed 004: how close a draft brings the customer to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meelezer.core.data_files import Patterns
from meelezer.core.reading import Reading
from meelezer.core.report import Span
from meelezer.core.signature import Signature, is_human


@dataclass(frozen=True, slots=True)
class Rung:
    """How high a draft gets, and the words that bring it there.

    0: a channel without a person ("stuur het naar support"); 1: a person is named ("ter attentie van Chris"); 2: a
    person's own address, or the writer's, who signs; 3: a person who calls at a stated moment.
    """

    height: int
    span: Span


def climb(
    draft: Reading, rungs: Sequence[Patterns], lexicon: Mapping[str, Sequence[str]], signature: Signature
) -> Rung | None:
    """Return the highest rung of `draft`; None where it gives no contact at all."""
    for height in range(len(rungs) - 1, -1, -1):
        for sentence in draft.sentences:
            for pattern in rungs[height][draft.language]:
                for match in pattern.finditer(sentence.text):
                    named = match.groupdict()
                    who, writer = named.get("who"), named.get("writer")
                    if who and not is_human(who.capitalize(), lexicon):
                        continue
                    if writer and signature.signer != "name":
                        continue
                    start = sentence.span.start
                    return Rung(height, Span(start + match.start(), start + match.end()))
    return None
