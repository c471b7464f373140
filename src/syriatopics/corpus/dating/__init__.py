"""The date audit: can this text have been written on the day that the page says?

Three kinds of evidence stand in a text. It names people in office ("the American Secretary
of State, John Kerry"), and offices have terms; it names dates that have passed; and it calls
dated visits recent. Together they give an event window. A printed date outside of it is
refuted: the page of one of the seed articles is eight years wrong.

A text may remember those who were in office before, but nobody can name those who will be.
So the latest office that a text knows is its present, and people whose last term had ended
by then are remembered, whether the text says so or not.
"""

from __future__ import annotations

from syriatopics.corpus.dating.evidence import Evidence, evidence_in
from syriatopics.corpus.dating.verdict import Audit, audit_dates

__all__ = ["Audit", "Evidence", "audit_dates", "evidence_in"]
