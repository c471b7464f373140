"""Planted corpora: real passages put together so that the truth is known.

Used to try methods, and to plan a study before articles are collected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.arabic import tokenize
from syriatopics.corpus import Corpus, Passages
from syriatopics.errors import InputError, TooSmallError, choices
from syriatopics.records import Article
from syriatopics.scorers import score_themes
from syriatopics.trends.worlds import Drawn, World, draw

__all__ = ["DATE_NOISE", "PlantedCorpus", "planted_corpus"]

# What can be wrong with a date: nothing known, only a window known, a printed date refuted.
DATE_NOISE = ("missing", "window", "wrong")
_LONGEST = 180
_REST = ""


class PlantedCorpus(Corpus):
    """A corpus whose truth is known.

    Attributes
    ----------
    world : World
        What was planted.
    planted : DataFrame
        A row per article: ``article_id, outlet, date`` (the true one)``, story, production,
        copy_of, date_noise``, and the planted share of each theme.
    """

    def __init__(self, articles: list[Article], world: World, planted: pd.DataFrame) -> None:
        super().__init__(articles, ("A planted corpus: real passages, invented articles.",))
        self.world, self.planted = world, planted

    def truth(self, period: str = "M", by: str | None = "outlet") -> pd.DataFrame:
        """Return the planted shares by period: ``period, outlet, theme, share, n_articles``.

        Parameters
        ----------
        period : {"D", "W", "M", "Q", "Y"}
        by : {"outlet", None}
        """
        from syriatopics.inference.periods import frequency

        when = self.planted["date"].dt.to_period(frequency(period)).astype(str)
        who = self.planted["outlet"] if by else pd.Series("all", index=self.planted.index)
        cells = self.planted[list(self.world.themes)].groupby(
            [when.rename("period"), who.rename("outlet")]
        )
        wide = cells.mean().rename_axis(columns="theme").stack().rename("share")
        return wide.reset_index().merge(cells.size().rename("n_articles").reset_index())


def planted_corpus(
    passages: Passages,
    world: World,
    *,
    wire: float = 0.0,
    date_noise: Mapping[str, float] | None = None,
    random_state: int = 0,
) -> PlantedCorpus:
    """Put passages together to a corpus with chosen shares, steps and slopes.

    Parameters
    ----------
    passages : Passages
        Real ones, of which some hold each theme and some hold none. They are drawn with
        replacement; those of more than 180 words are left out.
    world : World
        Outlets, shares, steps, slopes, stories.
    wire : float
        Which share of the articles copies the text of an article of another outlet, one to
        three days later (``production`` "wire").
    date_noise : mapping of {"missing", "window", "wrong"} to share, optional
        Which share of the articles has no date, only a window of one to six weeks, or a
        printed date that its text refutes.
    random_state : int

    Returns
    -------
    PlantedCorpus
        Its passages, scored with the theme lexicon, hold exactly the themes that were
        drawn.

    Raises
    ------
    InputError
        If no passage holds a theme that is planted, or a share is not in [0, 1].

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> world = World(themes={"humanitarian": 0.3}, n_articles=50)
    >>> corpus = planted_corpus(load_seeds().passages(), world)
    >>> len(corpus), corpus.outlets
    (50, ['a'])
    """
    noise = dict(date_noise or {})
    unknown = sorted(set(noise) - set(DATE_NOISE))
    if unknown:
        raise InputError(f"Date noise {unknown[0]!r} is not known. Kinds: {choices(DATE_NOISE)}.")
    if min([wire, *noise.values()]) < 0 or max(wire, sum(noise.values())) > 1:
        raise InputError("Shares of wire copy and of date noise must lie in [0, 1].")
    pools = _pools(passages, list(world.themes))
    rng = np.random.default_rng(random_state)
    drawn = draw(world, rng)
    plans = _plans(world, drawn, pools, rng)
    _copy(plans, list(world.outlets), wire, rng)
    articles = [_article(world, plan, noise, rng) for plan in plans]
    columns = ["article_id", "outlet", "date", "story", "production", "copy_of", "date_noise"]
    table = pd.DataFrame(
        [[getattr(plan, name) for name in columns] for plan in plans], columns=columns
    )
    table["date"] = pd.to_datetime(table["date"]).astype("datetime64[s]")
    share = np.array([plan.share for plan in plans])
    return PlantedCorpus(
        articles, world, table.join(pd.DataFrame(share, columns=list(world.themes)))
    )


@dataclass
class _Plan:
    """An article before it is written."""

    article_id: str
    outlet: str
    date: datetime
    story: int
    texts: list[str]
    share: np.ndarray[Any, Any]
    production: str = "own"
    copy_of: str | None = None
    date_noise: str = ""


def _pools(passages: Passages, themes: list[str]) -> dict[str, list[str]]:
    """Return the passages that hold one planted theme and no other, and those that hold none."""
    scores = score_themes(passages)
    missing = [theme for theme in themes if theme not in scores.table.columns]
    if missing:
        raise InputError(f"No theme {missing[0]!r}. Themes: {choices(scores.table.columns)}.")
    assigned = scores.assigned[themes].to_numpy()
    texts = np.array(passages.texts, dtype=object)
    short = np.array([len(text.split()) <= _LONGEST for text in passages.texts])
    pools = {
        theme: texts[short & assigned[:, k] & (assigned.sum(axis=1) == 1)].tolist()
        for k, theme in enumerate(themes)
    }
    pools[_REST] = texts[short & ~assigned.any(axis=1)].tolist()
    for theme, pool in pools.items():
        if not pool:
            what = f"theme {theme!r} and no other planted one" if theme else "none of the themes"
            raise TooSmallError(
                f"None of the {len(passages)} passages holds {what}: nothing to plant."
            )
    return {theme: sorted(set(pool)) for theme, pool in pools.items()}


def _plans(
    world: World, drawn: Drawn, pools: dict[str, list[str]], rng: np.random.Generator
) -> list[_Plan]:
    start = datetime.fromisoformat(world.start)
    names, themes = list(world.outlets), list(world.themes)
    width = len(str(len(drawn.day)))
    plans = []
    for n, counts in enumerate(drawn.counts):
        kinds = [theme for theme, count in zip(themes, counts, strict=True) for _ in range(count)]
        kinds += [_REST] * (int(drawn.n_passages[n]) - len(kinds))
        texts = [pools[kind][int(rng.integers(len(pools[kind])))] for kind in kinds]
        rng.shuffle(texts)
        plans.append(
            _Plan(
                article_id=f"planted_{n:0{width}d}",
                outlet=names[drawn.outlet[n]],
                date=start + timedelta(days=int(drawn.day[n])),
                story=int(drawn.story[n]),
                texts=texts,
                share=drawn.share[n],
            )
        )
    return plans


def _copy(plans: list[_Plan], outlets: list[str], wire: float, rng: np.random.Generator) -> None:
    """Make some articles copies of an article that another outlet had one to three days before."""
    if not wire:
        return
    by_day: dict[datetime, list[_Plan]] = {}
    for plan in plans:
        by_day.setdefault(plan.date, []).append(plan)
    for number in np.flatnonzero(rng.random(len(plans)) < wire):
        plan = plans[number]
        sources = [
            source
            for back in (1, 2, 3)
            for source in by_day.get(plan.date - timedelta(days=back), [])
            if source.copy_of is None and (source.outlet != plan.outlet or len(outlets) == 1)
        ]
        if sources:
            source = sources[int(rng.integers(len(sources)))]
            plan.texts, plan.story, plan.share = source.texts, source.story, source.share
            plan.production, plan.copy_of = "wire", source.article_id


@lru_cache(maxsize=100_000)
def _n_words(text: str) -> int:
    return len(tokenize(text))


def _article(
    world: World, plan: _Plan, noise: dict[str, float], rng: np.random.Generator
) -> Article:
    kinds = ["", *noise]
    chances = np.array([1 - sum(noise.values()), *noise.values()])
    plan.date_noise = kinds[int(rng.choice(len(kinds), p=chances / chances.sum()))]
    before, behind = (int(n) for n in rng.integers(4, 22, 2))
    known: dict[str, Any] = {
        "date_printed": plan.date,
        "date_precision": "day",
        "date_status": "printed",
    }
    window = {
        "event_start": (plan.date - timedelta(days=before)).date(),
        "event_end": (plan.date + timedelta(days=behind)).date(),
    }
    if plan.date_noise == "missing":
        known = {"date_status": "unknown"}
    elif plan.date_noise == "window":
        known = {"date_status": "inferred", **window}
    elif plan.date_noise == "wrong":
        late = plan.date + timedelta(days=900)
        known = {"date_printed": late, "date_precision": "day", "date_status": "conflict", **window}
    raw, layout = "", []
    for text in plan.texts:
        layout.append((((len(raw), len(raw) + len(text)),),))
        raw += text + "\n\n"
    return Article(
        article_id=plan.article_id,
        raw=raw,
        outlet=plan.outlet,
        production="own" if plan.production == "own" else "wire",
        layout=tuple(layout),
        n_words=sum(map(_n_words, plan.texts)),
        evidence={"outlet": "planted", "date_status": f"planted: {plan.date_noise or 'true'}"},
        **known,
    )
