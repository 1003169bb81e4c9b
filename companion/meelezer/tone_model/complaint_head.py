"""What a complaint is, read from the encoder's own values and from n-grams. The same in training and at run time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meelezer.tone_model.labels import COMPLAINERS, EXPECTATIONS, KINDS, SEVERITIES
from meelezer.tone_model.ngrams import LinearNgrams

READ_AT = (5, 8, 11)
"""The layers whose values are read: what comes out of the last one has become all tone."""


def features(kept: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the means of the values, (layers read x hidden,), for what the encoder keeps of one complaint.

    `kept`: keys and values, (layers, 2, 1, heads, tokens, width of a head).
    """
    found: NDArray[np.float32] = kept[list(READ_AT), 1, 0].mean(2).reshape(-1)
    return found


@dataclass(frozen=True, slots=True)
class ComplaintJudgement:
    """What the model makes of a complaint: how likely each thing is, 0 to 1."""

    kinds: NDArray[np.float32]
    expectations: NDArray[np.float32]
    severities: NDArray[np.float32]
    house_rule: float
    complainers: NDArray[np.float32]

    def kind(self, kind: str) -> float:
        """Return how likely it is of this kind; one of them is."""
        return float(self.kinds[KINDS.index(kind)])

    def expectation(self, expectation: str) -> float:
        """Return how likely the customer expects this, beside other things."""
        return float(self.expectations[EXPECTATIONS.index(expectation)])

    def severity(self) -> list[float]:
        """Return how likely each of the levels 1 to 4 is."""
        return [float(chance) for chance in self.severities]

    def complainer(self, complainer: str) -> float:
        """Return how likely it comes from somebody like this; one of them it is, "plain" among them."""
        return float(self.complainers[COMPLAINERS.index(complainer)])


@dataclass(frozen=True, slots=True)
class ComplaintHead:
    """Two linear models, added up: one over `features`, one over n-grams."""

    weights: NDArray[np.float32]
    """(features, outputs)."""
    bias: NDArray[np.float32]
    """(outputs,)."""
    ngrams: LinearNgrams

    @classmethod
    def read(cls, stored: Mapping[str, NDArray[np.generic]]) -> ComplaintHead:
        """Return what `arrays` gave. Raises KeyError where it is not there."""
        weights, bias = stored["weights"].astype(np.float32), stored["bias"].astype(np.float32)
        return cls(weights, bias, LinearNgrams.read(stored, "ngrams"))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return what to store."""
        return {"weights": self.weights.astype(np.float16), "bias": self.bias, **self.ngrams.arrays("ngrams")}

    def judge(self, complaint: str, kept: NDArray[np.float32]) -> ComplaintJudgement:
        """Say what `complaint` is; `kept` as in `features`."""
        logits = features(kept) @ self.weights + self.bias + self.ngrams.logits(complaint)
        sizes = (len(KINDS), len(EXPECTATIONS), len(SEVERITIES), 1, len(COMPLAINERS))
        kind, expects, severity, rule, complainer = np.split(logits, np.cumsum(sizes)[:-1])
        expected = (1 / (1 + np.exp(-expects))).astype(np.float32)
        return ComplaintJudgement(
            _shares(kind), expected, _shares(severity), float(1 / (1 + np.exp(-rule[0]))), _shares(complainer)
        )


def _shares(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the softmax of `logits`."""
    weights = np.exp(logits - logits.max())
    return np.asarray(weights / weights.sum(), np.float32)
