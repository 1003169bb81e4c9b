"""Which pieces of the multilingual vocabulary Dutch and English need, and the tokenizer over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

SPECIAL = 4
"""<s>, <pad>, </s>, <unk>: the first four pieces."""
MOST_PIECES = 44_000


def tokenizer(pieces: list[str], scores: np.ndarray) -> Tokenizer:
    """Return the Unigram tokenizer over `pieces`, with XLM-R's normalisation and special tokens."""
    made = Tokenizer(
        models.Unigram([(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)], unk_id=3)
    )
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return made


def needed_pieces(full: Tokenizer, pieces: list[str], texts: Iterable[str], words: Iterable[str]) -> list[int]:
    """Return the ids to keep: all that the corpus uses, short Latin ones and signs, then those most words of the
    dictionaries use, up to MOST_PIECES."""
    used: Counter[int] = Counter()
    for encoding in full.encode_batch(list(texts), add_special_tokens=False):
        used.update(encoding.ids)
    keep = set(range(SPECIAL)) | set(used)
    for number, piece in enumerate(pieces):
        bare = piece.replace("▁", "")
        if (
            len(bare) <= 1
            and (not bare or ord(bare) < 0x250 or (ord(bare) >= 0x2000 and ord(bare) < 0x2E80) or ord(bare) >= 0x1F000)
        ) or (len(bare) <= 3 and bare.isascii() and bare.isalpha()):
            keep.add(number)
    wanted: Counter[int] = Counter()
    for encoding in full.encode_batch(list(words), add_special_tokens=False):
        wanted.update(encoding.ids)
    for number, _ in wanted.most_common():
        if len(keep) >= MOST_PIECES:
            break
        keep.add(number)
    return sorted(keep)
