"""Word and character n-grams of a sentence, hashed. The same in training and at run time."""

from __future__ import annotations

import re
from collections import Counter
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 17
WORDS = (1, 2, 3)
CHARACTERS = (2, 3, 4, 5)
_TOKEN = re.compile(r"\w+|[^\w\s]")


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
