"""Everything a training reads, in two files: `python -m training.pack --out DIR [--dictionary WORDS.dic]`.

Made where the corpus and spaCy are; `train` then needs PyTorch and NumPy only, so it can run on a borrowed machine (30 MB in all).
The fold `test` is not in it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.encoder import MAX_TOKENS, ToneEncoder, build

MOST_BEFORE = 96
"""Tokens of what stands before a sentence."""

Ids = list[list[int]]


@dataclass(frozen=True, slots=True)
class Pack:
    """The corpus as numbers. All lists of one kind have the same length and order."""

    sentences: Ids
    before: Ids
    """What stands before each sentence in its draft."""
    labels: NDArray[np.int8]
    """(sentences, checks): 1, 0, -1."""
    slot: NDArray[np.int8]
    draft: NDArray[np.int32]
    """Number of the draft a sentence was cut from; -1 for none."""
    complaint: NDArray[np.int32]
    """Number of the complaint it answers; -1 for none."""
    keys: NDArray[np.uint64]
    """As in `crossfit`."""
    complaints: Ids
    targets: dict[str, NDArray[Any]]
    """Of the complaints: kind, expects, severity, house_rule, complainer, slot."""
    unlabelled: Ids
    """Sentences of complaints, for a student to learn a teacher's opinion of."""


def load(directory: Path) -> tuple[Pack, ToneEncoder]:
    """Read what `main` wrote: the corpus, and an encoder with its starting weights."""
    with np.load(directory / "corpus.npz") as file:
        stored = {name: file[name] for name in file.files}

    def lists(name: str) -> Ids:
        return [part.tolist() for part in np.split(stored[name], np.cumsum(stored[f"{name}_lengths"])[:-1])]

    pack = Pack(
        **{name: lists(name) for name in ("sentences", "before", "complaints", "unlabelled")},
        **{name: stored[name] for name in ("labels", "slot", "draft", "complaint", "keys")},
        targets={name.removeprefix("of_"): value for name, value in stored.items() if name.startswith("of_")},
    )
    with np.load(directory / "start.npz") as file:
        tensors = {name: file[name] for name in file.files if name != "size"}
        size = json.loads(str(file["size"]))
    return pack, build(size, tensors)


def dictionary_words(paths: list[Path]) -> list[str]:
    """Return the words of Hunspell dictionaries (`.dic`), each with a leading space as in running text."""
    words = []
    for path in paths:
        for line in path.read_text("utf-8", "ignore").splitlines()[1:]:
            words.append(" " + re.split(r"[/\t]", line)[0])
    return words


def main() -> None:
    """Write corpus.npz, start.npz, keep.json and tokenizer.json."""
    # The borrowed machine that only loads has neither the corpus nor spaCy nor the starting weights.
    from meelezer.core.reading import read
    from training.crossfit import key_of
    from training.encoder import read_weights, word_rows
    from training.items import catalogue_sentences, complaints, drafts_with_context, sentences, slot_of
    from training.vocabulary import needed_pieces, tokenizer

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--dictionary", type=Path, action="append", default=[], help="Hunspell .dic to cover")
    parser.add_argument("--keep", type=Path, help="keep.json of an earlier training, to keep its vocabulary")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    items = [each for each in (*sentences(), *catalogue_sentences()) if each.fold != "test"]
    context = drafts_with_context()
    known = [each for each in complaints() if each.fold != "test"]
    texts = list(dict.fromkeys([each.text for each in known] + [complaint for complaint, _ in context.values()]))
    by_text = {each.text: each for each in known}
    size, pieces, scores, tensors = read_weights()
    if options.keep:
        keep = json.loads(options.keep.read_text())
    else:
        everything = [each.text for each in items] + texts
        keep = needed_pieces(tokenizer(pieces, scores), pieces, everything, dictionary_words(options.dictionary))
    made = tokenizer([pieces[i] for i in keep], scores[keep])

    def flat(name: str, lines: Sequence[str], most: int = MAX_TOKENS) -> dict[str, NDArray[Any]]:
        ids = [each.ids if len(each.ids) <= most else [*each.ids[: most - 1], 2] for each in made.encode_batch(lines)]
        return {
            name: np.array([token for line in ids for token in line], np.uint16),
            f"{name}_lengths": np.array(list(map(len, ids)), np.int32),
        }

    place = {text: number for number, text in enumerate(texts)}
    numbers = {name: number for number, name in enumerate(dict.fromkeys(each.draft for each in items if each.draft))}
    of = [by_text.get(text) for text in texts]
    parts = {part.text: None for each in known for part in read(each.text, each.language).sentences}
    np.savez_compressed(
        options.out / "corpus.npz",
        **flat("sentences", [each.text for each in items]),
        **flat("before", [context[each.draft, each.text][1] if each.draft else "" for each in items], MOST_BEFORE),
        **flat("complaints", texts),
        **flat("unlabelled", list(parts), MOST_BEFORE),
        labels=np.array([each.labels for each in items], np.int8),
        slot=np.array([each.slot for each in items], np.int8),
        draft=np.array([numbers[each.draft] if each.draft else -1 for each in items], np.int32),
        complaint=np.array(
            [place[context[each.draft, each.text][0]] if each.draft else -1 for each in items], np.int32
        ),
        keys=np.array([key_of(each) for each in items], np.uint64),
        of_kind=np.array([each.kind if each else -1 for each in of]),
        of_expects=np.array([each.expects if each else (-1,) * len(known[0].expects) for each in of], np.int8),
        of_severity=np.array([each.severity if each else -1 for each in of]),
        of_house_rule=np.array([each.house_rule if each else -1 for each in of]),
        of_complainer=np.array([each.complainer if each else -1 for each in of]),
        of_slot=np.array([slot_of(text) for text in texts]),
    )
    tensors["emb.word"] = word_rows(tensors["emb.word"], keep, size["hidden"])
    np.savez(options.out / "start.npz", size=json.dumps({**size, "vocab": len(keep)}), **tensors)
    (options.out / "keep.json").write_text(json.dumps(keep))
    made.save(str(options.out / "tokenizer.json"))
    print(f"{len(items)} sentences, {len(texts)} complaints, {len(parts)} unlabelled sentences, {len(keep)} pieces")


if __name__ == "__main__":
    main()
