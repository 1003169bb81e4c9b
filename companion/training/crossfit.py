"""What n-grams that were trained without a sentence say of it, for all of the corpus outside `test`: `python -m training.crossfit`.

Writes `held-out.npz`: per sentence a key, the check logits of an encoder that was trained without its part (given with `--encoder`,
made by `python -m training.train --without PART`; kept as they are without it), and those of n-grams likewise. Thresholds need
more drafts than the fold `calibrate` has; this is where they come from (`fuse`).
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from meelezer.core.conversation import LANGUAGES
from meelezer.tone_model.labels import CHECKS
from training.items import Sentence, catalogue_sentences, sentences
from training.ngram_weights import counts, fit

HELD_OUT = Path(__file__).parent / "held-out.npz"
PARTS = ((0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11), (12, 13, 14, 15), (16, 17, 18, 19))
"""The slots that are held out together. Of the first, 0 and 1 hold sentences only: drafts there are the fold `test`."""


def key_of(item: Sentence) -> int:
    """Return the number under which `held-out.npz` keeps an item."""
    text = f"{item.slot}|{item.language}|{item.text}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")


def held_out(items: list[Sentence]) -> tuple[list[int], NDArray[np.float32], NDArray[np.float32]]:
    """Return which `items` are there, and the logits of encoder and n-grams that did not see them, each (items, checks)."""
    with np.load(HELD_OUT) as stored:
        place = {int(key): row for row, key in enumerate(stored["keys"])}
        encoder, ngram = stored["encoder"], stored["ngrams"]
    rows = [row for row, item in enumerate(items) if key_of(item) in place]
    found = [place[key_of(items[row])] for row in rows]
    return rows, encoder[found].astype(np.float32), ngram[found].astype(np.float32)


def unseen_ngrams(items: list[Sentence]) -> NDArray[np.float32]:
    """Return the logits (items, checks) of n-grams of one language, each part judged by those trained on the others."""
    counted, labels = counts([item.text for item in items]), np.array([item.labels for item in items])
    slots = np.array([item.slot for item in items])
    found = np.zeros((len(items), len(CHECKS)), np.float32)
    for part in PARTS:
        held = np.isin(slots, part)
        found[held] = fit(counted[~held], labels[~held]).logits(counted[held])
        print(f"{items[0].language}: without {part}", flush=True)
    return found


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, action="append", default=[], help="what `train --without` wrote (.npz)")
    options = parser.parse_args()
    encoder: dict[int, NDArray[np.float16]] = {}
    for path in options.encoder or [HELD_OUT]:
        with np.load(path) as stored:
            encoder |= dict(zip(stored["keys"].tolist(), stored["encoder"], strict=True))
    everything = [item for item in (*sentences(), *catalogue_sentences()) if item.fold != "test"]
    ngram: dict[int, NDArray[np.float16]] = {}
    for language in LANGUAGES:
        own = [item for item in everything if item.language == language]
        rows = unseen_ngrams(own).astype(np.float16)
        ngram |= {key_of(item): row for item, row in zip(own, rows, strict=True) if item.slot >= 0}
    keys = [key for key in ngram if key in encoder]
    np.savez_compressed(
        HELD_OUT,
        keys=np.array(keys, np.uint64),
        encoder=np.array([encoder[key] for key in keys], np.float16),
        ngrams=np.array([ngram[key] for key in keys], np.float16),
    )
    print(f"{len(keys)} of {len(everything)} sentences")


if __name__ == "__main__":
    main()
