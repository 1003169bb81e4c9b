"""Word and character n-grams of a text, hashed, and what a linear model makes of them. The same in training and at run time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 17
WORDS = (1, 2, 3)
CHARACTERS = (2, 3, 4, 5)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_LARGEST = 127


def ngrams(text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the buckets (sorted, unique) that `text` falls in and 1 + log of how often, scaled to unit length."""
    tokens = _TOKEN.findall(text.lower())
    counts: Counter[int] = Counter()
    for size in WORDS:
        for start in range(len(tokens) - size + 1):
            counts[crc32(f"w{' '.join(tokens[start : start + size])}".encode("utf-8", "replace")) % BUCKETS] += 1
    padded = f" {' '.join(tokens)} "
    for size in CHARACTERS:
        for start in range(len(padded) - size + 1):
            counts[crc32(f"c{padded[start : start + size]}".encode("utf-8", "replace")) % BUCKETS] += 1
    buckets = np.array(sorted(counts), dtype=np.int64)
    values = 1 + np.log(np.array([counts[bucket] for bucket in buckets.tolist()], dtype=np.float32))
    return buckets, values


@dataclass(frozen=True, slots=True)
class LinearNgrams:
    """A linear model over n-grams. Weights take 8 bits in squared steps: most are small, and hundreds of them add up."""

    roots: NDArray[np.int8]
    """(BUCKETS, outputs): the root of each weight as a share of its output's largest, with its sign."""
    largest: NDArray[np.float32]
    """(outputs,)."""
    scale: NDArray[np.float16]
    """(BUCKETS,): inverse document frequencies."""
    bias: NDArray[np.float32]
    """(outputs,)."""

    @classmethod
    def packed(
        cls, weights: NDArray[np.floating], scale: NDArray[np.floating], bias: NDArray[np.floating]
    ) -> LinearNgrams:
        """Return `weights` (BUCKETS, outputs) in 8 bits."""
        largest = np.maximum(np.abs(weights).max(0), 1e-9).astype(np.float32)
        roots = np.sign(weights) * np.rint(np.sqrt(np.abs(weights) / largest) * _LARGEST)
        return cls(roots.astype(np.int8), largest, scale.astype(np.float16), bias.astype(np.float32))

    @classmethod
    def read(cls, stored: Mapping[str, NDArray[np.generic]], name: str) -> LinearNgrams:
        """Return what `arrays` gave for `name`. Raises KeyError where it is not there."""
        return cls(*(stored[f"{name}_{part}"] for part in cls.__slots__))  # type: ignore[arg-type]

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        """Return what to store."""
        return {f"{name}_{part}": getattr(self, part) for part in self.__slots__}

    def logits(self, text: str) -> NDArray[np.float32]:
        """Return (outputs,) for one text."""
        buckets, values = ngrams(text)
        values = values * self.scale[buckets].astype(np.float32)
        values = values / max(float(np.linalg.norm(values)), 1e-6)
        roots = self.roots[buckets].astype(np.float32) / _LARGEST
        return np.asarray((values @ (roots * np.abs(roots))) * self.largest + self.bias, np.float32)
