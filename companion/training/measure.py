"""How good logits are, without a threshold: average precision per check, on sentences and on drafts (a draft's is its highest)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from meelezer.tone_model.labels import CHECKS
from training.pack import Pack


def average_precision(wanted: NDArray[np.bool_], scores: NDArray[np.float32]) -> float:
    """Return the mean of the precision at each hit, as scikit-learn's average_precision_score where no scores are equal."""
    hits = wanted[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / max(int(hits.sum()), 1))


def measure(pack: Pack, rows: list[int], logits: NDArray[np.float32]) -> None:
    """Print the figures for the sentences `rows`, whose logits are given."""
    labels, drafts = pack.labels[rows], pack.draft[rows]
    numbers = [number for number in np.unique(drafts) if number >= 0]
    on_sentences, on_drafts = [], []
    for check in range(len(CHECKS)):
        known = labels[:, check] >= 0
        on_sentences.append(average_precision(labels[known, check] == 1, logits[known, check]))
        wanted = np.array([(labels[drafts == number, check] != 0).any() for number in numbers])
        on_drafts.append(
            average_precision(wanted, np.array([logits[drafts == number, check].max() for number in numbers]))
        )
    for name, found in (("sentences", on_sentences), ("drafts", on_drafts)):
        each = "  ".join(f"{check} {value:.2f}" for check, value in zip(CHECKS, found, strict=True))
        print(f"{name}: mean average precision {np.mean(found):.3f}\n  {each}", flush=True)
