"""Hits, misses and shares, as the evaluation counts them."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt

_Z = 1.96


@dataclass
class Tally:
    """Hits and misses of one check."""

    found: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was shown that is right."""
        return self.found / (self.found + self.false) if self.found + self.false else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was shown."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.found / (2 * self.found + self.false + self.missed) if self.found else 0.0


@dataclass
class Measured:
    """What one configuration does on one language."""

    drafts: int = 0
    fine: int = 0
    alarmed: int = 0
    checks: dict[str, Tally] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)
    """Main checks that were missed, or found where they are not, to read."""
    ordinary: int = 0
    """Replies that nobody would remark on for their tone."""
    remarked: int = 0
    """Of those, with a finding about tone all the same."""


def interval(hits: int, total: int) -> str:
    """Return the 95 % interval (Wilson) of a share, as text."""
    if not total:
        return "-"
    share = hits / total
    centre = (share + _Z**2 / (2 * total)) / (1 + _Z**2 / total)
    half = _Z * sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2)) / (1 + _Z**2 / total)
    return f"{max(0.0, centre - half):.2f}-{min(1.0, centre + half):.2f}"
