"""What the tone model answers, in the order of its outputs."""

from __future__ import annotations

CHECKS = (
    "sarcasm", "finger-pointing", "defensiveness", "trivialising", "emotional", "arguing", "non-apology", "over-apology",
    "vague-contact", "personal-data", "suppression", "boilerplate", "hidden-agent",
)  # fmt: skip
KINDS = (
    "delivery", "defect", "safety", "staff", "price", "contract", "reachability", "promise", "information", "outage", "privacy",
    "discrimination", "taste", "vent", "third-party", "stars-only", "wrong-address", "unjustified", "praise", "question",
)  # fmt: skip
EXPECTATIONS = ("heard", "apology", "explanation", "repair", "refund", "status", "contact", "change", "answer", "none")
COMPLAINERS = ("meek", "aggressive", "high-roller", "opportunist", "chronic", "activist", "plain")
SEVERITIES = (1, 2, 3, 4)
