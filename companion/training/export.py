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

from training.encoder import ToneEncoder, start


def load_fitting(model: ToneEncoder, state: dict[str, torch.Tensor]) -> None:
    """Load weights; heads that were made for other labels start anew (`heads` fits those of the complaint)."""
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


def export(model: ToneEncoder, target: Path) -> None:
    """Write `model` to `target`, weights in 8 bits per channel; the answers are compared with PyTorch's."""
    ids = torch.randint(4, 1000, (3, 17))
    mask = torch.ones(3, 17)
    mask[1, 9:] = 0
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model, (ids, mask), str(whole), input_names=["ids", "mask"], output_names=["checks", "shares", "complaint"],
            dynamic_axes={"ids": {0: "batch", 1: "tokens"}, "mask": {0: "batch", 1: "tokens"}, "checks": {0: "batch"},
                          "shares": {0: "batch", 2: "tokens"}, "complaint": {0: "batch"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        onnx.checker.check_model(str(whole))
        quantize_dynamic(whole, target, per_channel=True, weight_type=QuantType.QInt8)
    session = onnxruntime.InferenceSession(str(target), providers=["CPUExecutionProvider"])
    with torch.no_grad():
        wanted = model(ids, mask)[0].numpy()
    got = session.run(["checks"], {"ids": ids.numpy(), "mask": mask.numpy()})[0]
    print(
        f"{target.name}: {target.stat().st_size / 1e6:.1f} MB, largest difference of a logit {np.abs(got - wanted).max():.3f}"
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
