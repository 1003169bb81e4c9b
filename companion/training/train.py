"""Trains the encoder on what `pack` wrote: `python -m training.train --pack DIR --out DIR`. Seeded; goes on where it was stopped.

Bare sentences with their labels, drafts cut into sentences as hard negatives, complaint heads beside them on the same encoder.
`--teacher` takes the opinions that trained models wrote (`--opinions`): a student learns their mean, also on sentences that
nobody labelled. `--context` is a trial that the product cannot run yet; README.md says what it brought.
"""

from __future__ import annotations

import argparse
import random
import shutil
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from meelezer.tone_model.labels import COMPLAINERS, EXPECTATIONS, KINDS, SEVERITIES
from training.batches import Batch, Item, Texts, plan_of
from training.encoder import ToneEncoder
from training.loop import go_through
from training.measure import measure
from training.pack import Pack, load

RATE, HEAD_RATE_PER_RATE = 1.2e-4, 12.5
CALIBRATE = (2, 3)
"""The slots that no shipped model is trained on."""
_HEADS = ("checks", "complaint")
LOSS_OF_CHECKS, LOSS_OF_COMPLAINTS = 3.0, 0.15


class Losses:
    """What a batch is measured by; every head only where the corpus, or the teacher, says something."""

    def __init__(self, pack: Pack, teacher: dict[str, Tensor] | None, device: str) -> None:
        """`teacher` holds logits for `sentences` and for `unlabelled`, each (items, checks)."""
        self.labels = torch.from_numpy(pack.labels.astype(np.float32)).to(device)
        self.targets = {
            name: torch.from_numpy(value.astype(np.int64)).to(device) for name, value in pack.targets.items()
        }
        self.teacher = teacher

    def of(self, batch: Batch, checks: Tensor, complaint: Tensor) -> Tensor:
        """Return the loss, a scalar."""
        parts = []
        for sort in ("sentences", "unlabelled"):
            rows, numbers = batch.rows_of(sort, *(["alone"] if sort == "sentences" else []))
            if not rows:
                continue
            share = len(rows) / len(batch.items) if sort == "unlabelled" else 1.0
            parts.append(self.of_sentences(checks[rows].float(), numbers, sort) * share)
        rows, numbers = batch.rows_of("complaints")
        if rows:
            parts.append(
                self.of_complaints(complaint[rows].float(), numbers) * LOSS_OF_COMPLAINTS * len(rows) / len(batch.items)
            )
        return torch.stack(parts).sum()

    def of_sentences(self, logits: Tensor, numbers: list[int], sort: str = "sentences") -> Tensor:
        """Return the loss of what is said of sentences, a scalar; `logits`: (sentences, checks)."""
        if self.teacher is not None:
            wanted, known = torch.sigmoid(self.teacher[sort][numbers]), torch.ones_like(logits)
        else:
            labels = self.labels[numbers]
            wanted, known = labels.clamp(min=0), (labels >= 0).float()
        each = F.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
        return (each * known).sum() / known.sum() * LOSS_OF_CHECKS

    def of_complaints(self, outputs: Tensor, numbers: list[int]) -> Tensor:
        """Return the loss of what is said of complaints, a scalar; `outputs`: (complaints, outputs)."""
        sizes = [len(KINDS), len(EXPECTATIONS), len(SEVERITIES), 1, len(COMPLAINERS)]
        kind, expects, severity, rule, complainer = outputs.split(sizes, 1)
        wanted = {name: value[numbers] for name, value in self.targets.items()}
        loss = F.binary_cross_entropy_with_logits(expects, wanted["expects"].float())
        loss = loss + F.cross_entropy(severity, wanted["severity"])
        loss = loss + F.binary_cross_entropy_with_logits(rule[:, 0], wanted["house_rule"].float())
        for logits, name in ((kind, "kind"), (complainer, "complainer")):
            if (wanted[name] >= 0).any():
                loss = loss + F.cross_entropy(logits, wanted[name], ignore_index=-1)
        return loss


def opinions(model: ToneEncoder, texts: Texts, items: list[Item], device: str) -> np.ndarray:
    """Return the check logits of `items`, (items, checks), float16."""
    found = np.zeros((len(items), model.checks.bias.shape[0]), np.float16)
    order = sorted(range(len(items)), key=lambda number: len(texts.ids(items[number])))
    with torch.no_grad():
        for start in range(0, len(order), 128):
            rows = order[start : start + 128]
            batch = texts.batch([items[row] for row in rows], device)
            with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
                found[rows] = model(batch.ids, batch.mask, batch.own)[0].float().cpu().numpy()
    return found


def read_teachers(paths: list[Path], device: str) -> dict[str, Tensor] | None:
    """Return the mean opinion of the teachers."""
    if not paths:
        return None
    read = [np.load(path) for path in paths]
    return {
        sort: torch.from_numpy(np.mean([each[sort].astype(np.float32) for each in read], 0)).to(device)
        for sort in ("sentences", "unlabelled")
    }


def main() -> None:
    """Train, measure on what was held out, and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--tokens", type=int, default=2800, help="per batch")
    parser.add_argument("--without", default=",".join(map(str, CALIBRATE)), help="slots to leave out and measure on")
    parser.add_argument("--teacher", type=Path, action="append", default=[], help="opinions.npz of a trained model")
    parser.add_argument("--opinions", action="store_true", help="write what the trained model thinks of everything")
    parser.add_argument("--context", action="store_true", help="read complaint and earlier sentences along (a trial)")
    parser.add_argument(
        "--start", type=Path, help="go on from the weights in this folder (`recover`, or another training)"
    )
    parser.add_argument("--steps", type=int, help="stop after so many, to try it out")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(1)  # all seeds begin with the same heads: only then can their weights be compared or averaged
    pack, model = load(options.pack)
    if options.start:
        model.load_state_dict(torch.load(options.start / "model.pt"))
    model = model.to(device)
    torch.manual_seed(options.seed)
    held = {int(slot) for slot in options.without.split(",")}
    texts = Texts(pack, options.context)
    teacher = read_teachers(options.teacher, device)
    losses = Losses(pack, teacher, device)
    plan = plan_of(texts, held, options.epochs, options.tokens, random.Random(options.seed), teacher is not None)
    heads = [value for name, value in model.named_parameters() if name.startswith(_HEADS)]
    body = [value for name, value in model.named_parameters() if not name.startswith(_HEADS) and value.requires_grad]
    total = min(len(plan), options.steps or len(plan))

    def loss_of(step: int) -> Tensor:
        batch = texts.batch(plan[step], device)
        with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
            checks, _, complaint = model(batch.ids, batch.mask, batch.own)
        return losses.of(batch, checks, complaint)

    groups = [{"params": heads, "lr": options.rate * HEAD_RATE_PER_RATE}, {"params": body, "lr": options.rate}]
    go_through(model, groups, total, loss_of, options.out)
    torch.save(model.state_dict(), options.out / "model.pt")
    for name in ("keep.json", "tokenizer.json"):
        shutil.copy(options.pack / name, options.out / name)
    rows = [number for number, slot in enumerate(pack.slot) if int(slot) in held]
    logits = opinions(model, texts, [("sentences", row) for row in rows], device)
    np.savez_compressed(options.out / "held-out.npz", keys=pack.keys[rows], encoder=logits)
    measure(pack, rows, logits.astype(np.float32))
    if options.opinions:
        both = {
            "sentences": [("sentences", number) for number in range(len(pack.sentences))],
            "unlabelled": [("unlabelled", number) for number in range(len(pack.unlabelled))],
        }
        written = {sort: opinions(model, texts, items, device) for sort, items in both.items()}
        np.savez_compressed(options.out / "opinions.npz", **written)


if __name__ == "__main__":
    main()
