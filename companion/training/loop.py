"""The steps of a training: rates that rise and fall, the running mean of the weights, and going on where it was stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.encoder import ToneEncoder

AVERAGE_DECAY = 0.995
_WARM = 0.06
"""Share of the steps in which the rates rise."""
_TOLD, _KEPT = 25, 200
"""Steps between two lines of progress, and between two checkpoints."""


class Average:
    """The running mean of the weights: steadier than the last step, at no cost at run time."""

    def __init__(self, model: ToneEncoder) -> None:
        """Begin with the weights of `model`."""
        self.names = [name for name, value in model.named_parameters() if value.requires_grad]
        self.weights = [value.detach().clone() for value in model.parameters() if value.requires_grad]

    def add(self, model: ToneEncoder, step: int) -> None:
        """Take the weights of one step along."""
        decay = min(AVERAGE_DECAY, (1 + step) / (10 + step))
        trained = [value.detach() for value in model.parameters() if value.requires_grad]
        torch._foreach_lerp_(self.weights, trained, 1 - decay)

    def put_into(self, model: ToneEncoder) -> None:
        """Give `model` the mean weights."""
        model.load_state_dict(dict(zip(self.names, self.weights, strict=True)), strict=False)


def go_through(
    model: ToneEncoder, groups: list[dict[str, Any]], total: int, loss_of: Callable[[int], Tensor], directory: Path
) -> None:
    """Train `model` for `total` steps and leave the mean weights in it; `loss_of` gives the loss of a step.

    `groups` are AdamW's: parameters with their rate. What was reached is kept in `directory`, and gone on from.
    """
    values = [value for group in groups for value in group["params"]]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=values[0].is_cuda)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (_WARM * total)) * max(0.0, 1 - step / total)
    )
    average = Average(model)
    parts = {"model": model, "optimizer": optimizer, "schedule": schedule}
    checkpoint, first = directory / "checkpoint.pt", 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=False)
        for name, part in parts.items():
            part.load_state_dict(saved[name])
        average.weights, first = saved["average"], saved["step"]
    model.train()
    began = time.monotonic()
    for step in range(first, total):
        loss = loss_of(step)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(values, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        average.add(model, step)
        if (step + 1) % _TOLD == 0:
            left = (time.monotonic() - began) / (step + 1 - first) * (total - step - 1)
            gate = model.gate.mean().item()
            print(
                f"step {step + 1}/{total}  loss {loss.item():.3f}  gate {gate:.2f}  {left / 60:.0f} min left",
                flush=True,
            )
        if (step + 1) % _KEPT == 0:
            kept = {name: part.state_dict() for name, part in parts.items()}
            torch.save({**kept, "average": average.weights, "step": step + 1}, checkpoint)
    average.put_into(model)
    model.eval()
