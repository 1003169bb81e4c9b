"""The n-grams' part of the model: one logistic regression per check and language over hashed n-grams."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from meelezer.tone_model.labels import CHECKS
from meelezer.tone_model.ngrams import BUCKETS, ngrams


@dataclass(frozen=True, slots=True)
class NgramWeights:
    """What was fitted, before `LinearNgrams` packs it."""

    weights: NDArray[np.float32]
    """(BUCKETS, checks)."""
    scale: NDArray[np.float32]
    """(BUCKETS,): inverse document frequencies."""
    bias: NDArray[np.float32]
    """(checks,)."""

    def logits(self, counted: csr_matrix) -> NDArray[np.float32]:
        """Return (items, checks) for what `counts` gave."""
        return np.asarray(of_unit_length(counted, self.scale) @ self.weights + self.bias, np.float32)


def counts(texts: list[str]) -> csr_matrix:
    """Return how often each n-gram bucket is in each text, (texts, BUCKETS), before any weighing."""
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        buckets, found = ngrams(text)
        rows += [row] * len(buckets)
        columns += buckets.tolist()
        values += found.tolist()
    return csr_matrix((values, (rows, columns)), shape=(len(texts), BUCKETS), dtype=np.float32)


def fit(counted: csr_matrix, labels: NDArray[np.int64]) -> NgramWeights:
    """Fit on items (items, BUCKETS) with `labels` (items, checks): 1, 0, or -1 where the corpus does not say."""
    scale = inverse_frequencies(counted)
    matrix = of_unit_length(counted, scale)
    weights, bias = np.zeros((BUCKETS, len(CHECKS)), np.float32), np.zeros(len(CHECKS), np.float32)
    for number in range(len(CHECKS)):
        known = labels[:, number] >= 0
        linear = LogisticRegression(C=10, class_weight="balanced", solver="liblinear").fit(
            matrix[known], labels[known, number]
        )
        weights[:, number], bias[number] = linear.coef_[0], linear.intercept_[0]
    return NgramWeights(weights, scale, bias)


def inverse_frequencies(counted: csr_matrix) -> NDArray[np.float32]:
    """Return what each bucket counts for, (BUCKETS,): the more the fewer texts have it."""
    seen = np.bincount(counted.indices, minlength=BUCKETS)
    return (np.log((1 + counted.shape[0]) / (1 + seen)) + 1).astype(np.float32)


def of_unit_length(counted: csr_matrix, scale: NDArray[np.float32]) -> csr_matrix:
    """Return weighed counts, each text's scaled to length 1."""
    matrix = counted.multiply(scale).tocsr()
    lengths = np.sqrt(matrix.multiply(matrix).sum(1)).A1
    return csr_matrix(matrix.multiply(1 / np.maximum(lengths, 1e-6)[:, None]))
