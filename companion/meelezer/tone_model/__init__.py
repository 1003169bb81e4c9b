"""The tone model as shipped: an encoder (ONNX, 8 bits), n-gram weights, tokenizer, thresholds and card."""
