"""Gates on real news: articles on Syria of real outlets, dealt to two sides that do not differ.

Outlets of ant2018 (2018) and saudinewsnet (summer of 2015) with 150 articles and more, from the folder
``SYRIATOPICS_DATA``, dealt by article, week or month. Themes are those of the lexicon; a split without `p` counts as not
rejected; \u00b1 is 1.96 standard errors of the mean over splits. Ways to deal few blocks repeat each other: four weeks can be dealt
in three ways, nine months in 126. Of words it is asked in how many splits any is found at q < .05 (nominal .05), on the
seed of ``inference_results``.
"""

import sys

import numpy as np

from benchmarks._data import folder, table
from benchmarks.inference_gates import REPLICATES, SEED, auto, interval_of, levels_of, page
from benchmarks.inference_results import SEED as WORD_SEED
from benchmarks.inference_results import found_words, took


def real_outlets():
    """Yield name, values of themes, counts of words, days of the articles of real outlets."""
    if folder() is None:
        return
    import pandas as pd

    import syriatopics as st
    from benchmarks._coded import syria_articles
    from syriatopics.matrix import _as_passages

    texts = syria_articles(folder())
    frames = [(name, part) for name, part in texts.groupby("outlet") if len(part) >= 150]
    other = pd.read_parquet(folder() / "saudinewsnet_2015.parquet")
    for name, part in other.groupby("outlet" if "outlet" in other else "source"):
        part = part[part["text"].str.contains("سوريا|السوري|الأسد")]
        if len(part) >= 150:
            frames.append((f"saudinewsnet {name}", part))
    for name, part in frames:
        part = part.drop_duplicates("text").dropna(subset=["date"])
        days = pd.to_datetime(part["date"], errors="coerce").to_numpy("datetime64[D]").astype(int)
        known = days > 0
        passages = _as_passages(list(part["text"][known]))
        values = st.score_themes(passages).weights()
        counts = st.count_terms(passages, min_df=5, max_df=0.9).counts
        yield name, values, counts, days[known]


def dealt(days, split, rng):
    """Return a random half of the articles, days, weeks or months, as 0 and 1."""
    block = levels_of(days)[split]
    names, place = np.unique(block, return_inverse=True)
    chosen = np.zeros(len(names), dtype=int)
    chosen[rng.permutation(len(names))[: len(names) // 2]] = 1
    return chosen[place]


def real_nulls(outlets, replicates):
    rows = []
    for outlet, values, _, days in outlets:
        for split in ("article", "week", "month"):
            n_blocks = len(np.unique(levels_of(days)[split]))
            if n_blocks < 4:
                continue
            rejected, none, units, held, n = [], 0, {}, [], replicates
            for number in range(n):
                rng = np.random.default_rng([SEED, 7, number])
                sides = dealt(days, split, rng)
                if min(sides.sum(), (1 - sides).sum()) < 15:
                    continue
                unit, gap, without = auto(values, sides, days)
                units[unit] = units.get(unit, 0) + 1
                none += without
                rejected.append(0.0 if without else np.mean(gap.p < 0.05))
                if not without:
                    held.append(np.mean((gap.low <= 0) & (gap.high >= 0)))
            done = len(rejected)
            error = 1.96 * np.std(rejected) / np.sqrt(done)
            took = ", ".join(
                f"{u} {c / done:.0%}" for u, c in sorted(units.items(), key=lambda x: -x[1])
            )
            rows.append((outlet, len(days), split, n_blocks, f"{np.mean(rejected):.3f} (±{error:.3f})",
                         f"{np.mean(held) if held else float('nan'):.3f}", f"{none / done:.0%}", took))  # fmt: skip
            print(*rows[-1], sep=" | ", flush=True)
    return table(
        ("outlet", "articles", "dealt by", "blocks", "size", "coverage of 0", "no p", "took"), rows
    )


def real_words(outlets, replicates):
    rows, n = [], replicates
    for outlet, _, counts, days in outlets:
        for split in ("article", "week", "month"):
            blocks = len(np.unique(levels_of(days)[split]))
            if blocks < 4:
                continue
            any_, false, none, units = 0, 0, 0, {}
            for number in range(n):
                sides = dealt(days, split, np.random.default_rng([WORD_SEED, 8, number]))
                unit, q, tested = found_words(counts, sides, days, number)
                any_, false = any_ + (q < 0.05).any(), false + (q < 0.05).sum()
                none += not tested
                units[unit] = units.get(unit, 0) + 1
            rows.append((outlet, len(days), split, blocks, interval_of(any_ / n, n), f"{false / n:.2f}",
                         f"{none / n:.0%}", took(units, n)))  # fmt: skip
            print(*rows[-1], sep=" | ", flush=True)
    return table(("outlet", "articles", "dealt by", "blocks", "splits with a false word", "false words a split",
                  "no test", "took"), rows)  # fmt: skip


def main(replicates=REPLICATES):
    outlets = list(real_outlets())
    parts = [
        ("Themes", lambda: real_nulls(outlets, replicates)),
        ("Words", lambda: real_words(outlets, max(replicates // 10, 2))),
    ]
    return page("Gates of inference on real news", __doc__, parts)


if __name__ == "__main__":
    print(main(*map(int, sys.argv[1:])))
