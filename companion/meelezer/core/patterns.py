"""The small language in which checks write their patterns, compiled to regular expressions.

On top of Python's `re`: `{name}` is a word list of the lexicon, `{2-5}` is two to five words in between, a space is any
run of white space (` ?` none or any), and every pattern stands on word borders. Matching ignores case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Lexicon = Mapping[str, Sequence[str]]

_MACRO = re.compile(r"\{([a-z][a-z-]*)\}")
_GAP = re.compile(r"\{(\d+)-(\d+)\} ?")
_BEHIND = re.compile(r"\(\?<[=!][^()]*\)")
# A word between two parts of a pattern; it may carry a comma, never the end of a sentence or clause.
_WORD = r"[^\s.!?;:]+\s+"


class PatternError(ValueError):
    """A pattern that cannot be compiled; the message says why."""


def compile_pattern(source: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Compile one pattern. Raises PatternError for an unknown word list or bad syntax."""

    def words(match: re.Match[str]) -> str:
        try:
            items = lexicon[match[1]]
        except KeyError:
            raise PatternError(f"no word list {{{match[1]}}} in the lexicon") from None
        return "(?:" + "|".join(sorted(items, key=len, reverse=True)) + ")"

    expanded = _MACRO.sub(words, source)
    expanded = _GAP.sub(lambda gap: f"(?:{_WORD}){{{gap[1]},{gap[2]}}}?", expanded)
    # A look-behind must have one width, so a space in it is one white space.
    expanded = _BEHIND.sub(lambda behind: behind[0].replace(" ", r"\s"), expanded)
    expanded = expanded.replace(" ?", r"\s*").replace(" ", r"\s+")
    try:
        return re.compile(rf"(?<!\w)(?:{expanded})(?!\w)", re.IGNORECASE)
    except re.error as error:
        raise PatternError(f"{error} in {source!r}") from None
