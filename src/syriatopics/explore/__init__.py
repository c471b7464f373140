"""The explorer: one HTML file in which a corpus is sifted, mapped and compared, without a network."""

from __future__ import annotations

from syriatopics.explore.explorer import Explorer, make_explorer

__all__ = ["Explorer", "make_explorer"]
