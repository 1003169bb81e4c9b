"""Teaches the encoder to read a sentence against its complaint: `python -m training.context --pack DIR --out DIR [--start DIR]`.

The complaint is read once, by itself; in every layer the reply's sentences may look at its keys and values, through a gate.
So a complaint costs one pass however long the reply is. A row holds sentences that do not see each other.

Begin with the starting weights: an encoder that was trained on these sentences knows them by heart (a loss of 0.03 on them
against 0.13 on others), so there is nothing left that looking at the complaint could explain, and the gates close.
"""

from __future__ import annotations

import argparse
import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from torch import Tensor

from training.batches import PLAIN_TIMES
from training.encoder import COMPLAINT_AT, ToneEncoder
from training.loop import go_through
from training.measure import measure
from training.pack import Pack, load
from training.train import CALIBRATE, HEAD_RATE_PER_RATE, LOSS_OF_CHECKS, Losses

RATE = 1.2e-4
GATE_RATE = 1e-2
SHARE = 0.75
"""Of the drafts, how many are read with their complaint in an epoch; the others learn to do without."""
ALONE_SHARE = 0.5
"""Of the sentences that were written by themselves, how many are read in an epoch: they say nothing of complaints."""
COMPLAINT_SHARE = 0.05
"""What a complaint's own loss counts for beside the sentences': enough that its states know what it is about."""
ROW = 224
"""Tokens in a row of sentences."""
_PADDING = 1


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences that are read in one row, blind to each other, and the complaint that all of them may see."""

    sentences: tuple[int, ...]
    complaint: int
    """-1: none."""


def rows_of(pack: Pack, numbers: list[int], share: float, chance: random.Random, alone_share: float = 1.0) -> list[Row]:
    """Put sentences together: those of one draft with its complaint, the others with whatever they meet."""
    drafts: dict[int, list[int]] = {}
    alone: list[int] = []
    for number in numbers:
        if pack.draft[number] >= 0 and pack.complaint[number] >= 0:
            drafts.setdefault(int(pack.draft[number]), []).append(number)
        elif pack.slot[number] < 0 or chance.random() < alone_share:
            alone.append(number)
    found: list[Row] = []
    for draft in drafts.values():
        if chance.random() < share:
            found += _filled(pack, draft, int(pack.complaint[draft[0]]))
        else:
            alone += draft
    chance.shuffle(alone)
    return found + _filled(pack, alone, -1)


def _filled(pack: Pack, numbers: list[int], complaint: int) -> list[Row]:
    found: list[Row] = []
    now: list[int] = []
    length = 0
    for number in numbers:
        tokens = len(pack.sentences[number])
        if now and length + tokens > ROW:
            found.append(Row(tuple(now), complaint))
            now, length = [], 0
        now.append(number)
        length += tokens
    return [*found, Row(tuple(now), complaint)] if now else found


def batches_of(pack: Pack, rows: list[Row], tokens: int, chance: random.Random) -> list[list[Row]]:
    """Return rows of like length in batches of about `tokens` tokens, in random order; with and without a complaint apart."""
    found: list[list[Row]] = []
    for has in (True, False):
        own = [row for row in rows if (row.complaint >= 0) == has]
        lengths = {row: sum(len(pack.sentences[each]) for each in row.sentences) for row in own}
        own.sort(key=lambda row: lengths[row] + chance.random() * 12)
        now: list[Row] = []
        for row in own:
            if now and max(lengths[row], *(lengths[each] for each in now)) * (len(now) + 1) > tokens:
                found.append(now)
                now = []
            now.append(row)
        if now:
            found.append(now)
    chance.shuffle(found)
    return found


@dataclass(frozen=True, slots=True)
class Memory:
    """Complaints as the sentences see them."""

    kept: Tensor
    """Keys and values, (layers, 2, complaints, heads, tokens, width)."""
    mask: Tensor
    """Which columns there are, (complaints, tokens)."""
    outputs: Tensor
    """What the heads say the complaints are, (complaints, outputs)."""


def complaint_memory(model: ToneEncoder, pack: Pack, numbers: list[int], device: str) -> Memory:
    """Read complaints, each by itself."""
    ids, mask = _padded([pack.complaints[number] for number in numbers], device)
    positions = torch.arange(ids.shape[1], device=device) + COMPLAINT_AT
    states, kept = model.attend(ids, positions, ((1 - mask) * -1e4)[:, None, None, :])
    mean = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
    return Memory(kept, mask, model.complaint(model.drop(mean)))


def logits_of(
    model: ToneEncoder, pack: Pack, rows: list[Row], memory: Memory | None, device: str
) -> tuple[Tensor, list[int]]:
    """Return the check logits (sentences, checks) of all sentences in `rows`, and which they are."""
    ids, positions, groups, places, order = [], [], [], [], []
    for number, row in enumerate(rows):
        line, where, group = [], [], []
        for each in row.sentences:
            own = pack.sentences[each]
            places.append((number, len(line), len(own)))
            line += own
            where += range(len(own))
            group += [len(order)] * len(own)
            order.append(each)
        ids.append(line)
        positions.append(where)
        groups.append(group)
    padded, _ = _padded(ids, device)
    at, _ = _padded(positions, device)
    group, _ = _padded(groups, device, -1)
    allowed = ((group[:, :, None] != group[:, None, :]).float() * -1e4)[:, None]
    context, seen = (memory.kept, memory.mask) if memory else (None, None)
    states, _ = model.attend(padded, at, allowed, context, seen)
    width = max(length for _, _, length in places)
    index = torch.zeros((len(places), width), dtype=torch.long)
    mask = torch.zeros((len(places), width))
    for place, (row_number, begin, length) in enumerate(places):
        index[place, :length] = torch.arange(length) + row_number * padded.shape[1] + begin
        mask[place, :length] = 1
    mask = mask.to(device)
    own_states = states.reshape(-1, states.shape[-1])[index.to(device)]
    return model.checks(model.drop(own_states), mask)[0], order


def memory_of(model: ToneEncoder, pack: Pack, rows: list[Row], device: str) -> Memory | None:
    """Return the complaints that `rows` answer; None where they answer none (all or none of a batch do)."""
    return complaint_memory(model, pack, [row.complaint for row in rows], device) if rows[0].complaint >= 0 else None


def judged(
    model: ToneEncoder, pack: Pack, numbers: list[int], with_complaint: bool, device: str
) -> NDArray[np.float32]:
    """Return the check logits of `numbers`, (sentences, checks)."""
    model.eval()
    found = {}
    chance = random.Random(1)
    with torch.no_grad():
        for batch in batches_of(pack, rows_of(pack, numbers, float(with_complaint), chance), 6_000, chance):
            logits, order = logits_of(model, pack, batch, memory_of(model, pack, batch, device), device)
            found |= dict(zip(order, logits.float().cpu().numpy(), strict=True))
    return np.stack([found[number] for number in numbers])


def read_opinions(paths: list[Path], device: str) -> dict[str, Tensor]:
    """Return the teachers' mean logits, (sentences, checks), read "alone" and against the complaint ("context"); none: empty."""
    read = [np.load(path) for path in paths]
    return {
        name: torch.from_numpy(np.mean([each[name].astype(np.float32) for each in read], 0)).to(device)
        for name in (("alone", "context") if read else ())
    }


def _padded(lines: list[list[int]], device: str, padding: int = _PADDING) -> tuple[Tensor, Tensor]:
    width = max(map(len, lines))
    found, mask = torch.full((len(lines), width), padding), torch.zeros((len(lines), width))
    for number, line in enumerate(lines):
        found[number, : len(line)] = torch.tensor(line)
        mask[number, : len(line)] = 1
    return found.to(device), mask.to(device)


def main() -> None:
    """Train, measure with and without the complaint on what was held out, and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument(
        "--start", type=Path, help="folder with the model.pt to go on from (default: the starting weights)"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--tokens", type=int, default=2800, help="per batch")
    parser.add_argument("--without", default=",".join(map(str, CALIBRATE)), help="slots to leave out and measure on")
    parser.add_argument("--steps", type=int, help="stop after so many, to try it out")
    parser.add_argument("--opinions", action="store_true", help="train nothing: write what `--start` thinks to --out")
    parser.add_argument("--teacher", type=Path, action="append", default=[], help="opinions.npz of a trained model")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(1)  # all seeds begin with the same heads, as in `train`
    pack, model = load(options.pack)
    if options.start:
        model.load_state_dict(torch.load(options.start / "model.pt"), strict=False)
    model = model.to(device)
    torch.manual_seed(options.seed)
    if options.opinions:
        everything = list(range(len(pack.sentences)))
        thought = {name: judged(model, pack, everything, name == "context", device) for name in ("alone", "context")}
        np.savez_compressed(
            options.out / "opinions.npz", **{name: each.astype(np.float16) for name, each in thought.items()}
        )
        return
    held = {int(slot) for slot in options.without.split(",")}
    numbers = [number for number, slot in enumerate(pack.slot) if int(slot) not in held]
    numbers += [number for number in numbers if pack.slot[number] < 0] * (PLAIN_TIMES - 1)
    chance = random.Random(options.seed)
    plan = [
        batch
        for _ in range(options.epochs)
        for batch in batches_of(pack, rows_of(pack, numbers, SHARE, chance, ALONE_SHARE), options.tokens, chance)
    ]
    total = min(len(plan), options.steps or len(plan))
    losses = Losses(pack, None, device)
    teacher = read_opinions(options.teacher, device)
    parts: dict[str, list[Tensor]] = {"checks": [], "complaint": [], "gate": [], "": []}
    for name, value in model.named_parameters():
        if value.requires_grad:
            parts[next(each for each in parts if name.startswith(each))].append(value)

    def loss_of(step: int) -> Tensor:
        rows = plan[step]
        with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
            memory = memory_of(model, pack, rows, device)
            logits, order = logits_of(model, pack, rows, memory, device)
        loss = losses.of_sentences(logits.float(), order)
        if teacher:
            thought = torch.sigmoid(teacher["context" if memory else "alone"][order])
            learnt = F.binary_cross_entropy_with_logits(logits.float(), thought) * LOSS_OF_CHECKS
            loss = (loss + learnt) / 2
        told = [row for row, each in enumerate(rows) if memory and pack.targets["severity"][each.complaint] >= 0]
        if memory and told:
            of = losses.of_complaints(memory.outputs[told].float(), [rows[row].complaint for row in told])
            loss = loss + of * COMPLAINT_SHARE
        return loss

    heads = [*parts["checks"], *parts["complaint"]]
    groups: list[dict[str, Any]] = [
        {"params": heads, "lr": options.rate * HEAD_RATE_PER_RATE},
        {"params": parts["gate"], "lr": GATE_RATE, "weight_decay": 0.0},
        {"params": parts[""], "lr": options.rate},
    ]
    go_through(model, groups, total, loss_of, options.out)
    torch.save(model.state_dict(), options.out / "model.pt")
    for name in ("keep.json", "tokenizer.json"):
        shutil.copy(options.pack / name, options.out / name)
    rows = [number for number, slot in enumerate(pack.slot) if int(slot) in held]
    written = {}
    for name, with_complaint in (("encoder", False), ("context", True)):
        written[name] = judged(model, pack, rows, with_complaint, device)
        print(name)
        measure(pack, rows, written[name])
    np.savez_compressed(options.out / "held-out.npz", keys=pack.keys[rows], **written)


if __name__ == "__main__":
    main()
