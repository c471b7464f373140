"""Validation: would the claim survive a reviewer?

Passages are coded by hand, coders and methods are held against each other, topics are tried on
readers, and shares are corrected by what was read.
"""

from __future__ import annotations

from syriatopics.validation.agreement import Agreement, agreement
from syriatopics.validation.coding import (
    Codings,
    CodingTask,
    coding_task,
    open_coding_task,
    read_codings,
)
from syriatopics.validation.correction import CorrectedShares, corrected_shares
from syriatopics.validation.intrusion import (
    IntrusionScores,
    IntrusionSet,
    topic_intrusion,
    word_intrusion,
)

__all__ = [
    "Agreement",
    "CodingTask",
    "Codings",
    "CorrectedShares",
    "IntrusionScores",
    "IntrusionSet",
    "agreement",
    "coding_task",
    "corrected_shares",
    "open_coding_task",
    "read_codings",
    "topic_intrusion",
    "word_intrusion",
]
