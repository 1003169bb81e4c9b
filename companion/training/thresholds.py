"""From which probability on a finding of the model is shown, counted on drafts as the product counts them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.items import Sentence

PRECISION = 0.85
"""Wanted of what the model alone says aloud (warn)."""
HINT_PRECISION = 0.7
"""Wanted of what it shows at all; between the two it whispers (hint)."""
LOWEST = 0.3
"""No finding is shown below this probability, however few drafts speak against it."""
FEWEST_HITS = 5
MOST_ALARMED = 0.03
"""Of drafts with nothing wrong, how many may get anything said aloud, all checks together: each check alone cannot see that."""
NEVER = 2.0


@dataclass(frozen=True, slots=True)
class Scored:
    """What there is for one check: the highest probability of each draft, and whether the check belongs there."""

    probabilities: NDArray[np.float64]
    wanted: NDArray[np.bool_]


def per_draft(probabilities: NDArray[np.float64], items: list[Sentence], number: int) -> Scored:
    """Return the drafts among `items` as the product counts them: shown once or not at all."""
    highest: dict[str, float] = {}
    wanted: dict[str, bool] = {}
    for row, item in enumerate(items):
        if item.draft is not None:
            highest[item.draft] = max(highest.get(item.draft, 0.0), float(probabilities[row]))
            wanted[item.draft] = wanted.get(item.draft, False) or item.labels[number] != 0
    return Scored(np.array(list(highest.values())), np.array([wanted[key] for key in highest]))


def counted(scored: Scored, threshold: float) -> tuple[int, int, int]:
    """Return how many drafts are shown rightly and wrongly at this threshold, and how many there are to show."""
    shown = scored.probabilities >= threshold
    return int((scored.wanted & shown).sum()), int((~scored.wanted & shown).sum()), int(scored.wanted.sum())


def threshold_for(scored: Scored, precision: float) -> float:
    """Return the threshold with the best F1 among those with this precision; NEVER where there is none."""
    best, found = 0.0, NEVER
    there = scored.wanted.sum()
    for candidate in np.arange(LOWEST, 0.975, 0.01):
        shown = scored.probabilities >= candidate
        right, false = (scored.wanted & shown).sum(), (~scored.wanted & shown).sum()
        # Half a false alarm on top: an even chance where there is next to nothing to count.
        if right < FEWEST_HITS or right / (right + false + 0.5) < precision:
            continue
        f1 = 2 * right / (right + false + there)
        if f1 > best:
            best, found = float(f1), float(candidate)
    return found


def quietened(sure: dict[str, float], scored: dict[str, Scored]) -> tuple[dict[str, float], float]:
    """Return the thresholds for saying something aloud, raised together until few enough fine drafts are alarmed, and their share.

    All are moved by the same amount in log odds: a check that is surer of itself keeps its place.
    """
    fine = ~np.any([each.wanted for each in scored.values()], axis=0)
    share = 1.0
    raised = sure
    for step in np.arange(0.0, 5.0, 0.1):
        raised = {check: NEVER if level >= 1 else _moved(level, float(step)) for check, level in sure.items()}
        alarmed = np.any([each.probabilities >= raised[check] for check, each in scored.items()], axis=0)
        share = float(alarmed[fine].mean())
        if share <= MOST_ALARMED:
            break
    return raised, share


def _moved(probability: float, step: float) -> float:
    odds = np.log(probability / (1 - probability)) + step
    return round(float(1 / (1 + np.exp(-odds))), 3)
