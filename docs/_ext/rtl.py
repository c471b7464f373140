"""Pages in Arabic: a page whose front matter says ``lang: ar`` runs from right to left."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

_OPEN = '<div dir="rtl" lang="ar">'


def turn(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Set direction and language around the text of a page and around its table of contents."""
    meta = context.get("meta") or {}
    if meta.get("lang") == "ar":
        for part in ("body", "toc"):
            context[part] = f"{_OPEN}{context[part]}</div>"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the turn."""
    app.connect("html-page-context", turn)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
