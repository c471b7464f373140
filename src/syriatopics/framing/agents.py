"""Agents: does a text name who killed and bombed, or does it leave that out?

قتل الجيش عشرة names the agent; قُتل عشرة and مقتل عشرة drop it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from syriatopics.arabic import PhraseMatcher, variant_table
from syriatopics.arabic.phrases import running_keys
from syriatopics.arabic.tokenize import Token
from syriatopics.corpus import Corpus, Passages, passages_of
from syriatopics.inference import Scores, prevalence
from syriatopics.lexicons import load
from syriatopics.results import Result

__all__ = ["Agents", "agents"]

COLUMNS = (
    "passage_id",
    "article_id",
    "outlet",
    "date",
    "start",
    "end",
    "act",
    "form",
    "agent",
    "named",
)
# So many words before an act its agent may stand, and behind it the word that leads to the agent. Behind
# a verb it follows at once: قتل خمسة من قوات النظام names those who were killed.
_BEFORE, _BY = 3, 5
_PASSIVE = "\u064f"  # damma on the first letter: قُتل


@dataclass(frozen=True, eq=False, kw_only=True)
class Agents(Result):
    """Shares of acts whose agent is named, by outlet, with intervals by article.

    Columns as of :func:`syriatopics.prevalence`; ``theme`` is the act, or "all".

    Attributes
    ----------
    mentions : DataFrame
        A row per act: ``passage_id, article_id, outlet, date, start, end, act, form, agent,
        named``; the agent is empty where it is dropped.
    """

    mentions: pd.DataFrame


def agents(
    passages: Corpus | Passages,
    by: str | Sequence[str] = "outlet",
    *,
    part: str | None = None,
    production: str = "own",
) -> Agents:
    """Count how often the agent of an act of violence is named, and how often dropped.

    Parameters
    ----------
    passages : Corpus or Passages
    by : str or list of str
        Columns of the passages.
    part : {"headline", "lead", "body", "all"}, optional
        Which part of the articles; by default the passages as they are.
    production : str
        As in :func:`syriatopics.prevalence`.

    Returns
    -------
    Agents

    Notes
    -----
    An agent counts as named where it stands beside the act, in the same clause. It is found by
    words (acts.toml), not by parsing: an agent that is named two clauses before is dropped
    here. Unvocalised قتل is a passive unless an agent follows.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> found = agents(load_seeds().passages(), production="all").mentions
    >>> set(found["named"]) <= {True, False}
    True
    """
    chosen = passages_of(passages, part)
    table = chosen.table
    about = table[["passage_id", "article_id", "outlet", "date"]].to_numpy(dtype=object)
    rows = [
        (*about[row], act.start, act.end, act.act, act.form, act.agent, bool(act.agent))
        for row, text in enumerate(chosen.texts)
        for act in _acts(text)
    ]
    mentions = pd.DataFrame(rows, columns=list(COLUMNS))
    mentions["date"] = pd.to_datetime(mentions["date"])
    mentions["named"] = mentions["named"].astype(bool)
    shares = prevalence(_scores(chosen, mentions), by=by, production=production)
    n = mentions["article_id"].nunique()
    return Agents(
        table=shares.table,
        notes=(
            *shares.notes,
            f"{len(mentions):,} acts in {n:,} articles; the agent is found by words.",
        ),
        mentions=mentions,
    )


def _scores(passages: Passages, mentions: pd.DataFrame) -> Scores:
    """Return the share of named agents in each passage; NaN where no act is told."""
    ids = pd.Index(passages.table["passage_id"], name="passage_id")
    named = mentions.groupby("passage_id")["named"].mean()
    return Scores(
        table=pd.DataFrame(
            {"agent_named": named.reindex(ids).to_numpy(dtype=np.float64)}, index=ids
        ),
        notes=(),
        passages=passages,
        labels={"agent_named": "Agent named"},
    )


class _Act(NamedTuple):
    start: int
    end: int
    act: str
    form: str
    agent: str


class _Found(NamedTuple):
    """A match of tokens: an act of a kind, an agent, or a word of `by`."""

    start: int
    end: int
    kind: str
    act: str
    form: str


@cache
def _matchers() -> Mapping[str, PhraseMatcher[tuple[str, str]]]:
    words = load("acts")
    acts: dict[tuple[str, str], list[str]] = {}
    for act in words.act:
        for kind in ("suffered", "verbs", "masdars"):
            acts[kind, act.id] = list(getattr(act, kind))
    groups = {"agents": words.agents, "adjectives": words.adjectives, "by": words.by}
    made = {name: {(name, ""): list(group.words)} for name, group in groups.items()}
    return {
        name: PhraseMatcher(entries, fold=variant_table())
        for name, entries in {"acts": acts, **made}.items()
    }


def _acts(text: str) -> Iterator[_Act]:
    """Yield the acts of a text with their agents."""
    matchers = _matchers()
    tokens, keys = running_keys(text, matchers["acts"].key)
    found = {
        name: [_Found(m.start, m.end, *m.id, m.form) for m in matcher.find(keys)]
        for name, matcher in matchers.items()
    }
    used = -1
    for act in found["acts"]:
        if act.start < used:
            continue
        agent = _agent(act, found, keys, tokens, text)
        place = tokens[act.start].start, tokens[act.end - 1].end
        said = text[tokens[agent.start].start : tokens[agent.end - 1].end] if agent else ""
        yield _Act(*place, act.act, act.form, said)
        # قصف that tells by whom ten were killed is no act of its own.
        used = agent.end if agent else act.end


def _agent(
    act: _Found,
    found: Mapping[str, list[_Found]],
    keys: Sequence[str | None],
    tokens: Sequence[Token],
    text: str,
) -> _Found | None:
    """Return who did it, if the clause says so."""
    known = found["agents"]
    passive = _PASSIVE in text[tokens[act.start].start : tokens[act.start].end][:3]
    if act.kind == "verbs" and not passive:
        near = _next(known, act.end, keys) or _before(known, act.start, keys)
        if near:
            return near
    if act.kind == "masdars" or (act.kind == "verbs" and not passive):
        right = _next([*known, *found["adjectives"]], act.end, keys)
        if right and (act.kind == "masdars" or right.kind == "adjectives"):
            return right
    for lead in found["by"]:
        if act.end <= lead.start <= act.end + _BY and _unbroken(keys, act.end, lead.start):
            named = _next([*known, *found["adjectives"]], lead.end, keys)
            if named:
                return named
    return None


def _next(found: Sequence[_Found], place: int, keys: Sequence[str | None]) -> _Found | None:
    """Return the longest that begins at a place."""
    here = [agent for agent in found if agent.start == place and keys[place] is not None]
    return max(here, default=None, key=lambda agent: agent.end)


def _before(found: Sequence[_Found], place: int, keys: Sequence[str | None]) -> _Found | None:
    near = [a for a in found if place - _BEFORE <= a.end <= place and _unbroken(keys, a.end, place)]
    return max(near, default=None)


def _unbroken(keys: Sequence[str | None], start: int, end: int) -> bool:
    return None not in keys[start:end]
