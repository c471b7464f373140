"""Floors: from how many articles and blocks on a share has an interval, and a difference a test."""

from __future__ import annotations

__all__ = [
    "FEW_BLOCKS",
    "MIN_ARTICLES",
    "MIN_BLOCKS",
    "MIN_FREEDOM",
    "MIN_HOLDING",
    "POOLED_ARTICLES",
    "POOLED_GROUPS",
    "cell_note",
]

# Below this many articles in a cell no interval is given: the resampling intervals cover far
# less than they say (see benchmarks/results/framing_coverage.md), and the score interval,
# which holds its level, is too wide to say anything.
MIN_ARTICLES = 15
# And below this many blocks behind the variance, where articles are taken by weeks or stories:
# those of all groups, since how alike the articles of a block are is learnt from all of them.
MIN_BLOCKS = 6
# With fewer blocks on a side the variance is too unsure for a t: blocks are dealt out anew.
FEW_BLOCKS = 5
# A t interval of a regression wants that many articles of a group with a theme, and as many without:
# in fewer, the scatter of a rare theme is not seen.
MIN_HOLDING = 5
# And that many degrees of freedom (Pustejovsky & Tipton 2018): below it even CR2 is too sure.
MIN_FREEDOM = 4.0
# Shares are drawn to each other from so many groups on, and in them with so many articles: two
# groups say nothing of how groups differ (see benchmarks/results/inference_pooling.md).
POOLED_GROUPS = 3
POOLED_ARTICLES = 5


def cell_note(n_articles: int, freedom: float | None = None, least: int = MIN_ARTICLES) -> str:
    """Say what the number of articles, and of blocks, behind a cell allows.

    Parameters
    ----------
    n_articles : int
    freedom : float, optional
        Degrees of freedom behind the variance: blocks less groups. None: articles are alone.
    least : int
        From how many articles on an interval is given.
    """
    if n_articles == 0:
        return "no article"
    if n_articles == 1:
        return "one article: describes this article, not the outlet"
    if n_articles < least:
        return f"{n_articles} articles: too few for an interval (from {least})"
    if freedom is not None and freedom < MIN_BLOCKS - 1 - 1e-9:
        return f"{freedom + 1:.0f} blocks of articles: too few for an interval (from {MIN_BLOCKS})"
    return ""
