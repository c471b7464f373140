"""The data that the page carries: passages with their provenance, and what stands behind each number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.records import Article
from syriatopics.report.context import Context
from syriatopics.report.evidence import LISTED, Entry, Rows, Span
from syriatopics.report.folding import folding_tables
from syriatopics.report.sections.trends import frequency
from syriatopics.report.words import PRODUCTION, dated, isolated, visible

__all__ = ["make_payload", "script_json"]

# Inside a script element only these could end it, or open a comment.
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def script_json(value: object) -> str:
    """Write a value as JSON that can stand inside a script element, whatever text it holds.

    Examples
    --------
    >>> "<" in script_json("</script>"), json.loads(script_json("</script>"))
    (False, '</script>')
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.translate(_UNSAFE)


def make_payload(context: Context, held: Rows) -> dict[str, Any]:
    """Collect what the page carries.

    Parameters
    ----------
    context : Context
        With the ledger that the sections have filled.
    held : ndarray of int
        Positions of the passages that the page holds.
    """
    there = context.passages.take(held).loaded().table
    articles = list(dict.fromkeys(there["article_id"]))
    groups = [_group(context, context.corpus[name]) for name in articles]
    outlets = sorted(set(groups))
    periods, period_of = _periods(there["date"], frequency(context.options.trend_period))
    bits = context.scores.assigned.to_numpy()[held] @ (1 << np.arange(len(context.theme_names)))
    number = {name: n for n, name in enumerate(articles)}
    return {
        "fold": folding_tables(),
        "outlets": outlets,
        "themes": list(context.theme_names.values()),
        "periods": periods,
        "articles": [
            _article(context.corpus[name], outlets.index(group))
            for name, group in zip(articles, groups, strict=True)
        ],
        "passages": [
            [
                number[row.article_id],
                visible(row.passage_id),
                row.start,
                row.end,
                when,
                int(bit),
                row.text,
            ]
            for row, when, bit in zip(there.itertuples(), period_of, bits, strict=True)
        ],
        "numbers": _numbers(context, held),
    }


def _group(context: Context, article: Article) -> str:
    return "بلا ناشر معروف" if article.outlet is None else context.outlet(article.outlet)


def _article(article: Article, outlet: int) -> dict[str, Any]:
    known = {
        "id": article.article_id,
        "title": article.title,
        "url": article.url,
        "origin": article.origin,
        "author": article.author,
        "translator": article.translator,
    }
    told = {name: visible(value) for name, value in known.items() if value}
    return {
        **told,
        "outlet": outlet,
        "dated": dated(article),
        "from": PRODUCTION[article.production],
    }


def _periods(dates: pd.Series, freq: str) -> tuple[list[str], list[int]]:
    """Return the periods in which passages stand, and that of each passage (-1: no date)."""
    when = dates.dt.to_period(freq)
    found = sorted(when.dropna().unique())
    place = {period: n for n, period in enumerate(found)}
    return [isolated(str(p)) for p in found], [place.get(period, -1) for period in when]


def _numbers(context: Context, held: Rows) -> list[list[Any]]:
    position = {int(row): n for n, row in enumerate(held)}
    texts = context.passages.texts
    return [_number(entry, position, texts) for entry in context.ledger]


def _number(entry: Entry, position: dict[int, int], texts: Sequence[str]) -> list[Any]:
    rows = [int(row) for row in entry.rows if int(row) in position][:LISTED]
    marks = [_flat(texts[row], entry.marks(row)) for row in rows]
    return [entry.label, len(entry.rows), [position[row] for row in rows], marks]


def _flat(text: str, spans: Iterable[Span]) -> list[int]:
    """Return stretches as the browser counts them: in units of UTF-16."""
    offsets = [offset for span in _merged(spans) for offset in span]
    if not offsets or max(text) <= "\uffff":
        return offsets
    return [offset + sum(letter > "\uffff" for letter in text[:offset]) for offset in offsets]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
