"""What coded passages and an encoder add to the theme lexicon.

Coded passages: all that are for development (see framing_themes). The lexicon was written with most of them in
sight, so that its figure flatters it, and what is learnt beside it looks smaller than it is. So the same is asked
beside the lexicon as it was at commit ed1dac6, before themes_dev2 and the coded articles were seen by anybody who
wrote words: on these passages it stands for a lexicon on text that it has not seen. Every classifier is
cross-validated by article, all of its choices (strength, calibration, threshold, which themes stay with the lexicon)
made anew inside each training fold. Settings were chosen before this was run and not changed after. Intervals: 2,000
draws of articles. F1 macro: mean of the themes with 30 positives or more (10 in a part of the passages).
Vectors of e5 are kept in the folder of the variable SYRIATOPICS_CACHE.
"""

import os
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

import syriatopics as st
from benchmarks._data import folder
from benchmarks._data import table as table_of
from benchmarks.framing_themes import development_passages, lexicon_before
from syriatopics.framing.themes import compiled
from syriatopics.inference import Codings
from syriatopics.inference.codings import COLUMNS, SAMPLE
from syriatopics.inference.resampling import draws
from syriatopics.scorers import Classifier

DRAWS, SEED = 2000, 20261130
SIZES = (25, 50, 100, 200, 300)


def codings():
    """Return the development passages as codings."""
    rows = development_passages().drop_duplicates("text").reset_index(drop=True)
    rows = rows.assign(
        passage_id=[f"d{n:04d}" for n in range(len(rows))], article_id=rows["article"].astype(str),
        themes=[" ".join(codes) for codes in rows["codes"]], coder="coder", time="", note="",
        stratum="all", probability=1.0, date=pd.NaT,
    )  # fmt: skip
    return Codings(
        table=rows[list(COLUMNS)], sample=rows[list(SAMPLE)], themes=tuple(st.load_themes().ids),
        labels={}, design="given",
    )  # fmt: skip


def f1(said, true, article):
    """Return F1 of each theme, found and drawn."""
    _, index = np.unique(article, return_inverse=True)
    k = true.shape[1]
    sums = np.zeros((index.max() + 1, 2 * k))
    np.add.at(sums, index, np.column_stack([said & true, said.astype(int) + true]))
    again = np.concatenate([w @ sums for w in draws(len(sums), DRAWS, SEED)])
    with np.errstate(all="ignore"):
        return tuple(2 * s[:, :k] / s[:, k:] for s in (sums.sum(axis=0)[None], again))


def shown(value, drawn):
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return f"{value:.3f} [{low:.3f}, {high:.3f}]"


def by_lexicon(codes, texts, themes=None):
    """Return what a lexicon assigns."""
    found = compiled(themes or st.load_themes())
    said = found.scores(texts) >= st.scorers.Lexicon.threshold
    return pd.DataFrame(said, index=codes.index, columns=found.themes.ids)


def macro(said, true, article, least):
    """Return the mean F1 of the themes with enough positives, found and drawn."""
    enough = true.sum(axis=0) >= least
    value, drawn = f1(said[:, enough], true[:, enough], article)
    return value.mean(), drawn.mean(axis=1), int(enough.sum())


def gains(found, base, codes, article, rows, least=30):
    """Return a row for each scorer: macro-F1, and its gain over the lexicon `base`."""
    labels = [t for t in codes if t in found[base]]
    true = codes[labels].to_numpy()[rows]
    ground = macro(found[base][labels].to_numpy()[rows], true, article[rows], least)
    out = []
    for name, frame in found.items():
        value, drawn, n = macro(frame[labels].to_numpy()[rows], true, article[rows], least)
        gain = "" if name == base else shown(value - ground[0], drawn - ground[1])
        out.append((name, shown(value, drawn), gain, n))
    return out


def learnt(coded, encoder, themes=None, n=None):
    """Return what a classifier says of passages whose article it has not seen; kept in a folder PARTS."""
    name = f"{encoder}-{'now' if themes is None else 'then'}-{n}.parquet"
    kept = Path(os.environ["PARTS"]) / name if "PARTS" in os.environ else None
    if kept is not None and kept.exists():
        return pd.read_parquet(kept)
    start = time.perf_counter()
    said = Classifier(coded, encoder=encoder).train(themes).unseen(SEED, n)
    print(name, round(time.perf_counter() - start), "s", file=sys.stderr, flush=True)
    if kept is not None:
        said.to_parquet(kept)
    return said


def by_theme(found, codes, article):
    """Return a row for each theme with five positives."""
    rows = []
    for theme in (t for t in codes if codes[t].sum() >= 5):
        true = codes[[theme]].to_numpy()
        one = (f1(frame[[theme]].to_numpy(), true, article) for frame in found.values())
        rows.append((theme, int(true.sum()), *(shown(v[0, 0], d[:, 0]) for v, d in one)))
    return rows


def main():
    head = ["# Codings and an encoder beside the lexicon", "`python -m benchmarks --data FOLDER scorers_codings`", __doc__.strip()]  # fmt: skip
    if folder() is None:
        return "\n\n".join([*head, "The corpora are not there: nothing was measured."]) + "\n"
    coded = codings()
    rows, codes = coded.decided(), coded.given()
    article, texts = rows["article_id"].to_numpy(dtype=str), list(rows["text"])
    every = np.full(len(codes), True)
    now = {
        "lexicon": by_lexicon(codes, texts),
        "classifier": learnt(coded, None),
        "classifier, e5": learnt(coded, "e5"),
    }
    before = lexicon_before()
    then = {
        "lexicon of ed1dac6": by_lexicon(codes, texts, before),
        "classifier beside it": learnt(coded, None, before),
        "classifier, e5, beside it": learnt(coded, "e5", before),
    }
    source = development_passages().drop_duplicates("text")["set"].to_numpy()
    unseen = np.isin(source, ["themes_dev2", "coded articles"])
    header = ("scorer", "macro-F1", "gain", "themes")
    labels = list(now["classifier"].columns)
    curve = []
    for n in SIZES:
        line = [n]
        for encoder in (None, "e5"):
            said = (
                learnt(coded, encoder, before, n)
                .reindex(columns=labels, fill_value=False)
                .to_numpy()
            )
            for where, least in ((every, 30), (unseen, 10)):
                line.append(f"{macro(said[where], codes[labels].to_numpy()[where], article[where], least)[0]:.3f}")  # fmt: skip
        curve.append(line)
    parts = [
        *head,
        f"## Beside the lexicon as it is: {len(codes)} passages of {len(set(article))} articles",
        table_of(header, gains(now, "lexicon", codes, article, every)),
        "By theme:",
        table_of(("theme", "positives", *now), by_theme(now, codes, article)),
        "## Beside a lexicon that has not seen the text",
        f"All passages; of them some were in sight when ed1dac6 was written ({len(codes)}):",
        table_of(header, gains(then, "lexicon of ed1dac6", codes, article, every)),
        f"themes_dev2 and the coded articles, which nobody had seen ({int(unseen.sum())} passages):",
        table_of(header, gains(then, "lexicon of ed1dac6", codes, article, unseen, 10)),
        "By theme, all passages:",
        table_of(("theme", "positives", *then), by_theme(then, codes, article)),
        "## Learning curve beside the lexicon of ed1dac6",
        "Passages in each training fold (of some 450; 600 there are not), macro-F1:",
        table_of(("n", "all", "not seen", "e5: all", "e5: not seen"), curve),
    ]
    return "\n\n".join(parts) + "\n"
