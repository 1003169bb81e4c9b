"""Which items are read together, in which order, and as which tensors."""

from __future__ import annotations

import random
from dataclasses import dataclass

import torch
from torch import Tensor

from training.pack import Pack

MOST_TOKENS = 320
PLAIN_TIMES = 3
"""How often the examples of the checks count: the plain cases are few beside the veiled ones."""
CONTEXT_SHARE = 0.6
"""Of the sentences of drafts, how many are read with their context in a trial with it; the others learn to do without."""
_PADDING, _END = 1, 2

Item = tuple[str, int]
"""Sort ("sentences", "alone": sentences without their context, "complaints" or "unlabelled") and number within it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Items that are read together."""

    items: list[Item]
    ids: Tensor
    """(items, tokens)."""
    mask: Tensor
    own: Tensor | None
    """Which tokens are judged, where others are only read along; None: all."""

    def rows_of(self, *sorts: str) -> tuple[list[int], list[int]]:
        """Return the rows that hold items of these sorts, and their numbers."""
        rows = [row for row, (each, _) in enumerate(self.items) if each in sorts]
        return rows, [self.items[row][1] for row in rows]


class Texts:
    """Turns items into tokens."""

    def __init__(self, pack: Pack, context: bool) -> None:
        """With `context`, a sentence of a draft is followed by what stands before it and by the complaint."""
        self.pack, self.context = pack, context

    def ids(self, item: Item) -> list[int]:
        """Return the tokens of an item with its context."""
        sort, number = item
        ids = self._own(item)
        if not self.context or sort != "sentences" or self.pack.complaint[number] < 0:
            return ids
        before, complaint = self.pack.before[number], self.pack.complaints[self.pack.complaint[number]]
        ids = [*ids, *(before[1:] if len(before) > 2 else []), *complaint[1:]]
        return ids if len(ids) <= MOST_TOKENS else [*ids[: MOST_TOKENS - 1], _END]

    def _own(self, item: Item) -> list[int]:
        sort, number = item
        ids: list[int] = getattr(self.pack, "sentences" if sort == "alone" else sort)[number]
        return ids

    def batch(self, items: list[Item], device: str) -> Batch:
        """Return the tensors of `items`."""
        rows = [self.ids(item) for item in items]
        width = max(map(len, rows))
        ids = torch.full((len(rows), width), _PADDING)
        mask, own = torch.zeros((len(rows), width)), torch.zeros((len(rows), width))
        for row, (line, item) in enumerate(zip(rows, items, strict=True)):
            ids[row, : len(line)] = torch.tensor(line)
            mask[row, : len(line)] = 1
            own[row, : len(self._own(item))] = 1
        return Batch(items, ids.to(device), mask.to(device), own.to(device) if self.context else None)


def plan_of(
    texts: Texts, held: set[int], epochs: int, tokens: int, chance: random.Random, with_unlabelled: bool
) -> list[list[Item]]:
    """Return the batches of all epochs, about `tokens` tokens each, without the slots `held`; of like length, in random order."""
    pack = texts.pack
    items: list[Item] = []
    for number, slot in enumerate(pack.slot):
        if int(slot) not in held:
            items += [("sentences", number)] * (PLAIN_TIMES if slot < 0 else 1)
    known = zip(pack.targets["slot"], pack.targets["severity"], strict=True)
    items += [("complaints", row) for row, (slot, level) in enumerate(known) if int(slot) not in held and level >= 0]
    if with_unlabelled:
        items += [("unlabelled", number) for number in range(len(pack.unlabelled))]
    batches: list[list[Item]] = []
    for _ in range(epochs):
        mixed = [
            ("alone", item[1])
            if texts.context and chance.random() >= CONTEXT_SHARE and item[0] == "sentences"
            else item
            for item in items
        ]
        batches += _epoch([(item, len(texts.ids(item))) for item in mixed], tokens, chance)
    return batches


def _epoch(items: list[tuple[Item, int]], tokens: int, chance: random.Random) -> list[list[Item]]:
    order = sorted(((length + chance.random() * 4, length, item) for item, length in items), key=lambda each: each[0])
    found: list[list[Item]] = []
    now: list[Item] = []
    longest = 0
    for _, length, item in order:
        longest = max(longest, length)
        if now and longest * (len(now) + 1) > tokens:
            found.append(now)
            now, longest = [], length
        now.append(item)
    found.append(now)
    chance.shuffle(found)
    return found
