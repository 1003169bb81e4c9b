"""Writes the trained encoder as ONNX in 8 bits: `python -m training.export --model DIR --out companion/meelezer/tone_model`."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.encoder import COMPLAINT_AT, ToneEncoder, start


def load_fitting(model: ToneEncoder, state: dict[str, torch.Tensor]) -> None:
    """Load weights; heads that were made for other labels start anew (what a complaint is, `heads` reads from the exported file)."""
    own = model.state_dict()
    model.load_state_dict(
        {name: value for name, value in state.items() if own[name].shape == value.shape}, strict=False
    )


def load_trained(directory: Path) -> tuple[ToneEncoder, Tokenizer]:
    """Return the encoder and tokenizer that `train` wrote; the checkpoint where training has not ended."""
    keep = json.loads((directory / "keep.json").read_text())
    model, _, _ = start(keep)
    final = directory / "model.pt"
    if final.exists():
        state = torch.load(final)
    else:
        saved = torch.load(directory / "checkpoint.pt", weights_only=False)
        state = {**saved["model"], **saved["average"]}
    load_fitting(model, state)
    return model.eval(), Tokenizer.from_file(str(directory / "tokenizer.json"))


class Reader(nn.Module):
    """One graph for both: a complaint (`first` = COMPLAINT_AT, an empty `context`), and a sentence that may see one."""

    def __init__(self, model: ToneEncoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, first: Tensor, context: Tensor) -> tuple[Tensor, ...]:
        """Read one text, (1, tokens). `context` and what comes back last: (layers, 2, 1, heads, tokens, width of a head)."""
        mask = torch.ones_like(ids, dtype=torch.float32)
        positions = torch.arange(ids.shape[1], device=ids.device) + first
        seen = torch.ones_like(context[0, 0, :, 0, :, 0])
        states, kept = self.model.attend(ids, positions, ((1 - mask) * -1e4)[:, None, None, :], context, seen)
        logits, shares = self.model.checks(states, mask)
        return logits, shares, self.model.complaint(states.mean(1)), kept


def export(model: ToneEncoder, target: Path) -> None:
    """Write `model` to `target`, weights in 8 bits per channel; the answers are compared with PyTorch's."""
    size = model.size
    empty = torch.zeros((size["layers"], 2, 1, size["heads"], 0, size["hidden"] // size["heads"]))
    complaint, sentence = torch.randint(4, 1000, (1, 31)), torch.randint(4, 1000, (1, 17))
    reader = Reader(model).eval()
    with torch.no_grad():
        kept = reader(complaint, torch.tensor(COMPLAINT_AT), empty)[3]
        wanted = [reader(sentence, torch.tensor(0), context)[0].numpy() for context in (empty, kept)]
    names = {"input_names": ["ids", "first", "context"], "output_names": ["checks", "shares", "complaint", "kept"]}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            reader, (sentence, torch.tensor(0), kept), str(whole), **names,
            dynamic_axes={"ids": {1: "tokens"}, "context": {4: "seen"}, "shares": {2: "tokens"}, "kept": {4: "tokens"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        onnx.checker.check_model(str(whole))
        quantize_dynamic(whole, target, per_channel=True, weight_type=QuantType.QInt8)
    session = onnxruntime.InferenceSession(str(target), providers=["CPUExecutionProvider"])

    def run(ids: Tensor, first: int, context: np.ndarray) -> list[np.ndarray]:
        return session.run(None, {"ids": ids.numpy(), "first": np.array(first), "context": context})

    memory = run(complaint, COMPLAINT_AT, empty.numpy())[3]
    got = [run(sentence, 0, context)[0] for context in (empty.numpy(), memory)]
    apart = [np.abs(one - other).max() for one, other in zip(got, wanted, strict=True)]
    print(
        f"{target.name}: {target.stat().st_size / 1e6:.1f} MB, largest difference of a logit {apart[0]:.3f}, with a complaint {apart[1]:.3f}"
    )


def main() -> None:
    """Export what training wrote."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    model, tokenizer = load_trained(options.model)
    export(model, options.out / "encoder.onnx")
    tokenizer.save(str(options.out / "tokenizer.json"), pretty=False)


if __name__ == "__main__":
    main()
