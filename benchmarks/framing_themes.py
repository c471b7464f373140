"""Themes against coders: three scorers, Krippendorff's α and F1 per theme, with positives and intervals.

Coded passages: themes_dev.jsonl (two coders, 136 passages) and those of ant2018 that are kept here as ids and
codes (benchmarks/data/framing_coded.csv; one coder, two passes; see _coded.py). The lexicon was written with
the former in sight, not with the latter. keyATM is fitted on the coded passages and 200 articles; the classifier is
cross-validated by article, so that it never saw the article that it codes.
"""

import numpy as np
import pandas as pd

import syriatopics as st
from benchmarks._coded import CODED, coded, paragraphs, syria_articles
from benchmarks._data import folder, table
from syriatopics.corpus import Passages
from syriatopics.framing import Coded
from syriatopics.inference import per_label
from syriatopics.matrix import _as_passages

METHODS = ("lexicon", "keywords", "classifier")


def samples():
    """Return the coded passages: development, and those of ant2018 where they are coded."""
    path = folder() / "themes_dev.jsonl"
    yield "themes_dev, coder a", st.load_coded(path, codes="coder_a"), None
    if not CODED.is_file():
        return
    rows = coded(folder())
    ids = st.load_themes().ids
    codes = pd.DataFrame(
        [[theme in final.split() for theme in ids] for final in rows["final"]],
        index=pd.Index(rows["hash"], name="passage_id"), columns=ids,
    )  # fmt: skip
    sample = Coded(codes, list(rows["text"]), rows["article_id"].to_numpy(dtype=str))
    passes = [
        pd.DataFrame([[t in said.split() for t in ids] for said in rows[name]], index=codes.index, columns=ids)
        for name in ("first", "second")
    ]  # fmt: skip
    yield "ant2018, coded here", sample, (rows["weight"].to_numpy(), passes)


def as_passages(sample):
    bare = _as_passages(sample.texts).table
    return bare.assign(passage_id=list(sample.codes.index), article_id=sample.article)


def background(n=200):
    articles = syria_articles(folder()).sample(n, random_state=1)
    return _as_passages(
        [a.text[s:e] for a in articles.itertuples() for s, e in paragraphs(a.text)]
    ).table


def assigned(sample):
    """Return what each scorer assigns to the coded passages."""
    mine = as_passages(sample)
    found = {"lexicon": st.score_themes(Passages(mine)).assigned}
    both = pd.concat([mine, background()], ignore_index=True)
    found["keywords"] = st.score_themes(Passages(both), "keywords").assigned.iloc[: len(mine)]
    trained = st.train_classifier(sample)
    found["classifier"] = trained.unseen()
    return found, trained


def figure(value, low, high):
    return "–" if np.isnan(value) else f"{value:.2f} [{low:.2f}, {high:.2f}]"


def report(name, sample, extra):
    found, trained = assigned(sample)
    article = dict(zip(sample.codes.index, sample.article, strict=True))
    result = st.triangulate({**found, "coder": sample.codes}, article).table
    shown = [
        (r.theme, r.a, r.b, r.positives_b, figure(r.alpha, r.low, r.high), figure(r.f1, r.f1_low, r.f1_high), r.note)
        for r in result.itertuples()
    ]  # fmt: skip
    curve = trained.learning_curve()
    wide = curve.pivot(index="n", columns="theme", values="f1").round(2)
    parts = [
        f"## {name}: {len(sample)} passages",
        table(("theme", "scorer", "against", "positives", "α [95 %]", "F1 [95 %]", "note"), shown),
        "Learning curve of the classifier (F1, cross-validated by article):",
        table(("n", *wide.columns), [(n, *row) for n, *row in wide.itertuples()]),
    ]
    if extra is not None:
        weights, (first, second) = extra
        again = st.triangulate({"first pass": first, "second pass": second}, article).table
        parts += ["The coder's two passes:", table(("theme", "positives", "α [95 %]"), [(r.theme, r.positives_b, figure(r.alpha, r.low, r.high)) for r in again.itertuples()])]  # fmt: skip
        weighted = per_label(found["lexicon"], sample.codes, weights)
        parts += ["The lexicon, weighted to the frame the sample was drawn from:", table(("theme", "positives", "precision", "recall", "F1 [95 %]"), [(r.label, r.positives, f"{r.precision:.2f}", f"{r.recall:.2f}", figure(r.f1, r.low, r.high)) for r in weighted.itertuples()])]  # fmt: skip
    return parts


def main():
    parts = [
        "# Themes against coders",
        "`python -m benchmarks --data FOLDER framing_themes`",
        __doc__.strip(),
    ]
    if folder() is None:
        return "\n\n".join([*parts, "The corpora are not there: nothing was measured."]) + "\n"
    for name, sample, extra in samples():
        parts += report(name, sample, extra)
    return "\n\n".join(parts) + "\n"
