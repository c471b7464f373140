"""Claims: stated before the data is seen where possible, and a card of what is known of each."""

from __future__ import annotations

from syriatopics.validation.claims.card import ClaimCard
from syriatopics.validation.claims.claim import Claim, check_claim
from syriatopics.validation.claims.making import claim_card
from syriatopics.validation.claims.register import Register, Standing

__all__ = ["Claim", "ClaimCard", "Register", "Standing", "check_claim", "claim_card"]
