"""Collecting: from an outlet's address to a corpus, politely and completely."""

from __future__ import annotations

from syriatopics.collecting.collection import LEDGER, Collection, collect, open_collection
from syriatopics.collecting.limits import Limits

__all__ = ["LEDGER", "Collection", "Limits", "collect", "open_collection"]
