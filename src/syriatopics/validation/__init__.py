"""Validation: would the claim survive a reviewer?

Passages are coded by hand, coders and methods are held against each other, topics are tried on
readers, shares are corrected by what was read, and a contrast is measured under all choices
that could have been made. A claim card says of one claim what is known of it.
"""

from __future__ import annotations

from syriatopics.validation.agreement import Agreement, agreement
from syriatopics.validation.claims import Claim, ClaimCard, claim_card
from syriatopics.validation.coding import (
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
from syriatopics.validation.multiverse import Choices, Multiverse, multiverse
from syriatopics.validation.planning import CodingPlan, plan_codings

__all__ = [
    "Agreement",
    "Choices",
    "Claim",
    "ClaimCard",
    "CodingPlan",
    "CodingTask",
    "CorrectedShares",
    "IntrusionScores",
    "IntrusionSet",
    "Multiverse",
    "agreement",
    "claim_card",
    "coding_task",
    "corrected_shares",
    "multiverse",
    "open_coding_task",
    "plan_codings",
    "read_codings",
    "topic_intrusion",
    "word_intrusion",
]
