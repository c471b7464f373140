"""Sources of addresses: each a small module behind one contract."""

from __future__ import annotations

from types import ModuleType

from syriatopics.collecting.sources import (
    addresses,
    commoncrawl,
    feeds,
    home,
    sections,
    sitemaps,
    wayback,
    wordpress,
)

__all__ = ["SOURCES"]

SOURCES: dict[str, ModuleType] = {
    module.NAME: module
    for module in (addresses, home, feeds, sitemaps, wordpress, sections, wayback, commoncrawl)
}
