"""Tellings as people read them: side by side, word by word, nothing of the text executed."""

from __future__ import annotations

import html
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from syriatopics.arabic import key
from syriatopics.framing.tellings.shares import SAID

__all__ = ["tellings_html"]

_STYLE = {
    "ins": "background:#d7efdc;text-decoration:none",
    "del": "background:#f6d9d5;text-decoration:line-through",
}
# Longer sentences are shown whole beside each other: comparing words takes quadratic time.
_LONGEST = 400
_MOST_ROWS = 400


def tellings_html(links: pd.DataFrame) -> str:
    """Return the sentences of each source beside those of the article that tells it.

    Parameters
    ----------
    links : DataFrame
        Of :class:`syriatopics.framing.tellings.Tellings`.
    """
    parts = ['<div dir="rtl" lang="ar">']
    shown = links.head(_MOST_ROWS)
    for (source, article), rows in shown.groupby(["source_id", "article_id"], sort=False):
        outlet = rows["outlet"].iloc[0]
        named = f" ({_bdi(outlet)})" if isinstance(outlet, str) else ""
        parts.append(f"<h4>{_bdi(source)} ← {_bdi(article)}{named}</h4><table><tbody>")
        parts += [_row(part) for _, part in rows.groupby("link", sort=False)]
        parts.append("</tbody></table>")
    if len(links) > len(shown):
        parts.append(f"<p>… {len(links) - len(shown):,}</p>")
    return "".join([*parts, "</div>"])


def _bdi(text: Any) -> str:
    return f"<bdi>{html.escape(str(text))}</bdi>"


def _row(link: pd.DataFrame) -> str:
    kind = link["kind"].iloc[0]
    source, target = (
        " ".join(link.drop_duplicates(place)[column].dropna())
        for column, place in (("source_sentence", "source_row"), ("target_sentence", "row"))
    )
    body = {"added": _tag("ins", target), "dropped": _tag("del", source)}.get(kind)
    if body is None:
        body = html.escape(target) if kind == "kept" else _by_words(source, target)
    cell = '<td dir="auto" style="text-align:start;vertical-align:top;width:47%">'
    return (
        f'<tr><td title="{kind}" style="white-space:nowrap;vertical-align:top">{SAID[kind]}</td>'
        f"{cell}{html.escape(source)}</td>{cell}{body}</td></tr>"
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
