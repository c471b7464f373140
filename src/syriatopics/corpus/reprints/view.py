"""Edits as people read them: from right to left, word by word, nothing of the text executed."""

from __future__ import annotations

import html
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from syriatopics.arabic import key

__all__ = ["edits_html"]

_SAID = {
    "same": ("same", "كما هي"),
    "changed": ("changed", "معدّلة"),
    "added": ("added", "مضافة"),
    "dropped": ("dropped", "محذوفة"),
}
_STYLE = {
    "ins": "background:#d7efdc;text-decoration:none",
    "del": "background:#f6d9d5;text-decoration:line-through",
}
# Longer sentences are shown whole beside each other: comparing words takes quadratic time.
_LONGEST = 400
_MOST_ROWS = 400


def edits_html(sentences: pd.DataFrame, base_id: str) -> str:
    """Return a right-to-left table of the sentences of each article against the base.

    Parameters
    ----------
    sentences : DataFrame
        ``Edits.sentences``.
    base_id : str
    """
    parts = [
        '<div dir="rtl" lang="ar">',
        f"<p>الأصل: <bdi>{html.escape(base_id)}</bdi></p>",
    ]
    shown = sentences.head(_MOST_ROWS)
    for article_id, rows in shown.groupby("article_id", sort=False):
        outlet = rows["outlet"].iloc[0]
        named = f" (<bdi>{html.escape(str(outlet))}</bdi>)" if isinstance(outlet, str) else ""
        parts.append(f"<h4><bdi>{html.escape(str(article_id))}</bdi>{named}</h4><table><tbody>")
        parts += [_row(row) for row in rows.itertuples()]
        parts.append("</tbody></table>")
    if len(sentences) > len(shown):
        parts.append(f"<p>… {len(sentences) - len(shown):,}</p>")
    return "".join([*parts, "</div>"])


def _row(row: Any) -> str:
    english, arabic = _SAID[row.change]
    if row.change == "changed":
        body = _by_words(row.base_text, row.text)
    elif row.change == "added":
        body = _tag("ins", row.text)
    elif row.change == "dropped":
        body = _tag("del", row.base_text)
    else:
        body = html.escape(row.text)
    place = " · نُقلت" if row.moved else ""
    return (
        f'<tr><td title="{english}" style="white-space:nowrap;vertical-align:top">'
        f'{arabic}{place}</td><td style="text-align:start">{body}</td></tr>'
    )


def _by_words(base: str, copy: str) -> str:
    old, new = base.split(), copy.split()
    if max(len(old), len(new)) > _LONGEST:
        return f"{_tag('del', base)} {_tag('ins', copy)}"
    parts = []
    # Spelling of hamza and vowel marks is no edit; quotation marks around a word are one.
    same = SequenceMatcher(None, list(map(key, old)), list(map(key, new)), autojunk=False)
    for kind, i, j, k, m in same.get_opcodes():
        if kind == "equal":
            parts.append(html.escape(" ".join(new[k:m])))
            continue
        if i < j:
            parts.append(_tag("del", " ".join(old[i:j])))
        if k < m:
            parts.append(_tag("ins", " ".join(new[k:m])))
    return " ".join(parts)


def _tag(name: str, text: str) -> str:
    return f'<{name} style="{_STYLE[name]}">{html.escape(text)}</{name}>'
