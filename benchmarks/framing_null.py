"""Null calibration: one outlet is split in two at random; every "difference" found is a false one.

Articles of one outlet on Syria (ant2018) are split by article, by day, by week. Words: the share beyond
z beyond ±1.96 (nominal 5 %) and the number of discoveries after Benjamini and Hochberg at q < .05 (nominal:
in 5 % of the splits any at all). Themes: the share of tests of a difference of shares with p < .05.
Without the corpora the seeds are resampled, which says nothing about news: only that the program runs.
"""

import numpy as np
import pandas as pd
from scipy import stats

import syriatopics as st
from benchmarks._data import folder, table
from syriatopics.corpus import Passages
from syriatopics.framing.keyness.odds import Odds
from syriatopics.framing.keyness.units import Units
from syriatopics.inference.blocks import blocks_of
from syriatopics.inference.differences import difference
from syriatopics.inference.resampling import article_means, estimate
from syriatopics.matrix import _as_passages

SPLITS, PEER_SPLITS, CHUNK, PRIOR = 2000, 60, 50, 500.0
OUTLETS = ("SkyNewsArabia", "BBC")


def outlet_articles(outlet):
    """Return passages (articles) of one outlet on Syria."""
    if folder() is None:
        texts = st.load_seeds().passages().texts
        bare = _as_passages(texts).table
        days = pd.date_range("2018-02-01", periods=len(texts), freq="D").astype("datetime64[s]")
        return Passages(bare.assign(date=days, outlet=outlet), "article")
    from benchmarks._coded import syria_articles

    articles = syria_articles(folder())
    articles = articles[articles["outlet"] == outlet].drop_duplicates("text").reset_index(drop=True)
    bare = _as_passages(list(articles["text"])).table
    bare["article_id"], bare["outlet"] = articles["id"].astype(str), outlet
    bare["date"] = articles["date"].astype("datetime64[s]")
    return Passages(bare, "article")


def halves(block, rng, n):
    """Return `n` random halves of the blocks, as 0 and 1 per row."""
    names, index = np.unique(block, return_inverse=True)
    for _ in range(n):
        chosen = np.zeros(len(names))
        chosen[rng.permutation(len(names))[: len(names) // 2]] = 1
        yield chosen[index]


def units(counts, block):
    """Return counts by block, as rows that belong to no side yet."""
    from scipy import sparse

    names, index = np.unique(block, return_inverse=True)
    gather = sparse.csr_matrix((np.ones(len(index)), (index, np.arange(len(index)))))
    summed = sparse.csr_matrix(gather @ counts).astype(float)
    length = np.asarray(summed.sum(axis=1)).ravel()
    return Units(summed, length, np.zeros(len(names), bool), np.full(len(names), -1)), index


def discoveries(p):
    """Return how many are left at q < .05, per split."""
    return np.array([(stats.false_discovery_control(row) < 0.05).sum() for row in p])


def words(counts, kept, pooled, passages, split, cluster, rng):
    """Return per split: share beyond 1.96, share with p < .05, discoveries; and the same without clustering."""
    table_ = passages.table
    by_split, by_cluster = (blocks_of(table_, name).codes for name in (split, cluster))
    rows, index = units(counts[:, kept], by_cluster)
    alpha = PRIOR * pooled[kept] / pooled.sum()
    odds = Odds(rows, alpha, PRIOR)
    first = pd.Series(np.arange(len(index))).groupby(index).first().to_numpy()
    found = []
    made = halves(by_split, rng, SPLITS)
    for _ in range(SPLITS // CHUNK):
        sides = np.stack([next(made)[first] for _ in range(CHUNK)])
        part = odds.of(sides)
        a, b = (s @ rows.counts for s in (sides, 1 - sides))
        plain = part.difference / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))
        for z, p in ((part.z, part.p), (plain, 2 * stats.norm.sf(np.abs(plain)))):
            found.append(
                np.column_stack(
                    [(np.abs(z) > 1.96).mean(axis=1), (p < 0.05).mean(axis=1), discoveries(p)]
                )
            )
    return np.concatenate(found[0::2]), np.concatenate(found[1::2])


def said(name, split, cluster, figures):
    share = figures[:, 0].mean()
    error = figures[:, 0].std() / np.sqrt(len(figures))
    return (
        name, split, cluster, len(figures), f"{share:.1%} ± {1.96 * error:.1%}", f"{figures[:, 1].mean():.1%}",
        f"{figures[:, 2].mean():.2f}", f"{(figures[:, 2] > 0).mean():.1%}",
    )  # fmt: skip


def peers(counts, kept, pooled, dtm, passages, rng):
    """Yield what topica and scattertext say of random halves by article."""
    dense = counts[:, kept].tocsr()
    documents = [list(np.repeat(row.indices, row.data.astype(int)).astype(str)) for row in dense]
    made = list(halves(blocks_of(passages.table, "article").codes, rng, PEER_SPLITS))
    from topica import fighting_words

    yield "topica fighting_words (informative)", made, lambda side: np.array(
        [z for _, z in fighting_words(
            [d for d, s in zip(documents, side, strict=True) if s],
            [d for d, s in zip(documents, side, strict=True) if not s],
            prior=PRIOR / pooled.sum(), informative=True, min_count=1)]
    )  # fmt: skip
    try:
        from scattertext import LogOddsRatioUninformativeDirichletPrior
    except ImportError:
        return

    def score(side):
        a, b = (np.asarray(s @ dense).ravel() for s in (side, 1 - side))
        return np.asarray(
            LogOddsRatioUninformativeDirichletPrior(0.01).get_zeta_i_j_given_separate_counts(a, b)
        )

    yield "scattertext log-odds (uninformative, 0.01)", made, score


def themes(passages, split, cluster, rng):
    """Return the share of theme tests with p < .05, per split."""
    weights = st.score_themes(passages).weights()
    article = passages.table["article_id"].to_numpy()
    means, names = article_means(weights, article)
    order = pd.Series(np.arange(len(article)), index=article).loc[names].to_numpy()
    by_split, by_cluster = (blocks_of(passages.table, b).codes[order] for b in (split, cluster))
    found = []
    for side in halves(by_split, rng, SPLITS):
        one, two = (estimate(means[side == s], block=by_cluster[side == s]) for s in (1, 0))
        found.append((difference(one, two).p < 0.05).mean())
    return np.array(found)


def main():
    lines, theme_lines, heads = [], [], []
    for outlet in OUTLETS:
        passages = outlet_articles(outlet)
        dtm = st.count_terms(passages, min_df=5, max_df=0.9)
        pooled = np.asarray(dtm.counts.sum(axis=0), dtype=float).ravel()
        kept = np.flatnonzero(pooled >= 10)
        weeks = len(np.unique(blocks_of(passages.table, "week").codes))
        heads.append(f"{outlet}: {len(passages):,} articles, {weeks} weeks, {len(kept):,} words.")
        rng = np.random.default_rng(0)
        for split, cluster in (
            ("article", "article"),
            ("day", "article"),
            ("day", "day"),
            ("week", "article"),
            ("week", "week"),
        ):
            clustered, plain = words(dtm.counts, kept, pooled, passages, split, cluster, rng)
            lines.append(said(f"{outlet}: syriatopics", split, cluster, clustered))
            if split == cluster:
                lines.append(said(f"{outlet}: plain fightin' words", split, "–", plain))
            rejected = themes(passages, split, cluster, rng)
            error = 1.96 * rejected.std() / np.sqrt(len(rejected))
            theme_lines.append(
                (outlet, split, cluster, len(rejected), f"{rejected.mean():.1%} ± {error:.1%}")
            )
        for name, made, score in peers(dtm.counts, kept, pooled, dtm, passages, rng):
            z = np.stack([score(side) for side in made])
            p = 2 * stats.norm.sf(np.abs(z))
            figures = np.column_stack(
                [(np.abs(z) > 1.96).mean(axis=1), (p < 0.05).mean(axis=1), discoveries(p)]
            )
            lines.append(said(f"{outlet}: {name}", "article", "–", figures))
    head = (
        "method",
        "split by",
        "clustered by",
        "splits",
        "z beyond ±1.96 (nominal 5.0 %)",
        "p < .05",
        "BH discoveries per split",
        "splits with any",
    )
    return "\n\n".join([
        "# Null calibration of keyness and of contrasts",
        "`python -m benchmarks --data FOLDER framing_null`",
        __doc__.strip(), " ".join(heads),
        table(head, lines),
        "## Contrasts of themes (lexicon), difference of shares",
        table(("outlet", "split by", "clustered by", "splits", "p < .05 (nominal 5.0 %)"), theme_lines),
        "± is 1.96 Monte Carlo standard errors of the mean over splits; the splits of one corpus are not "
        "independent of each other, so it is a lower bound.",
    ]) + "\n"  # fmt: skip
