"""Trains the tone model on the project's own corpus. Not in the wheel; needs the extra `train`."""
