"""Themes against coders: the lexicon by theme, outlet and period, before and after; and three scorers.

All of this is development text: rules and words were written with most of it in sight, so the figures flatter.
Coded passages: themes_dev.jsonl (two coders, 136 passages, coder a), themes_dev2.jsonl (100, rare themes
oversampled) and the paragraphs of coded_articles_dev.jsonl (12 articles), which a language model coded, and
those of ant2018 that are kept here as ids and codes (benchmarks/data/framing_coded.csv; one coder, two passes; see
_coded.py). Agreement is with the coding of one coder or of a model, and is called so. "Guard": three in ten
articles, by hash, whose errors were never read; their figures were looked at three times while rules were written.
Intervals: percentiles of 2,000 draws of articles. keyATM is fitted on the coded passages and 200 articles; the classifier
is cross-validated by article, so that it never saw the article that it codes.
"""

import hashlib
import json
import subprocess
import tomllib

import numpy as np
import pandas as pd

import syriatopics as st
from benchmarks._coded import CODED, coded, paragraphs, syria_articles
from benchmarks._data import folder
from benchmarks._data import table as table_of
from syriatopics.corpus import Passages
from syriatopics.framing.themes import compiled
from syriatopics.inference import Codings, per_label
from syriatopics.inference.codings import COLUMNS, SAMPLE
from syriatopics.lexicons.schema import Themes
from syriatopics.matrix import _as_passages

METHODS = ("lexicon", "keywords", "classifier")
BEFORE = "ed1dac6"
DRAWS, SEED = 2000, 20261130
CODES = {
    "h": "humanitarian", "pt": "political_transition", "ms": "military_security", "ac": "accountability",
    "se": "sanctions_economy", "gp": "great_power_diplomacy", "no": "normalization",
}  # fmt: skip
SEVEN = list(CODES.values())


def lines(name):
    return [json.loads(line) for line in (folder() / name).read_text(encoding="utf-8").splitlines()]


def development_passages():
    """Return every coded passage for development: set, article, outlet, period, text, codes."""
    rows = [
        ("themes_dev", r["article_id"], r["outlet"], r.get("date"), r["passage"], r["coder_a"])
        for r in lines("themes_dev.jsonl")
    ]
    rows += [
        ("themes_dev2", r["article_id"], r["outlet"], None, r["passage"], r["themes"])
        for r in lines("themes_dev2.jsonl")
    ]
    for row in lines("coded_articles_dev.jsonl"):
        for para in row["paras"]:
            text = row["text"][para["start"] : para["end"]]
            themes = [CODES[theme] for theme in para["themes"]]
            rows.append(("coded articles", row["id"], row["outlet"], row.get("date"), text, themes))
    outlets = syria_articles(folder()).set_index("id")["outlet"]
    rows += [
        ("ant2018", r.article_id, outlets[r.article_id], "2018", r.text, r.final.split())
        for r in coded(folder()).itertuples()
    ]
    table = pd.DataFrame(rows, columns=["set", "article", "outlet", "date", "text", "codes"])
    table["period"] = [period(row.date, row.outlet) for row in table.itertuples()]
    table["guard"] = [guarded(article) for article in table["article"]]
    return table


def period(date, outlet):
    """Return the years of a passage, from its date or from the name of its corpus."""
    digits = [int(piece) for piece in str(outlet).split("_") if piece.isdigit() and len(piece) == 4]
    text = str(date or "")[:4]
    year = int(text) if text.isdigit() else digits[0] if digits else None
    if year is None:
        return "unknown"
    return (
        "2005–2010"
        if year < 2011
        else "2011–2017"
        if year < 2018
        else "2018"
        if year == 2018
        else "2019–2024"
    )


def guarded(article):
    return int(hashlib.sha256(f"guard7{article}".encode()).hexdigest(), 16) % 10 < 3


def lexicon_before():
    """Return the theme lexicon as it was, from the history of the repository."""
    name = f"{BEFORE}:src/syriatopics/lexicons/themes.toml"
    said = subprocess.run(["git", "show", name], capture_output=True, text=True, check=True)
    return Themes.model_validate(tomllib.loads(said.stdout))


def counts(table, themes=None):
    """Return for each passage and theme: said and coded, said alone, coded alone."""
    lexicon = compiled(themes)
    found = pd.DataFrame(lexicon.scores(list(table["text"])) >= 0.5, columns=lexicon.themes.ids)
    said = found[SEVEN].to_numpy()
    true = np.array([[theme in codes for theme in SEVEN] for codes in table["codes"]])
    return np.stack([said & true, said & ~true, ~said & true], axis=2).astype(float)


def measures(cells):
    tp, fp, fn = np.moveaxis(cells, -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.stack([tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)], axis=-1)


def with_intervals(cells, article):
    """Return measures of each theme and their mean, and the same for draws of articles."""
    _, index = np.unique(article.astype(str), return_inverse=True)
    sums = np.zeros((index.max() + 1, *cells.shape[1:]))
    np.add.at(sums, index, cells)
    draw = np.random.default_rng(SEED).multinomial(
        len(sums), np.full(len(sums), 1 / len(sums)), DRAWS
    )
    again = measures(np.einsum("da,atc->dtc", draw, sums))
    return measures(sums.sum(axis=0)), again


def interval(value, draws):
    if np.isnan(value):
        return "–"
    low, high = np.nanquantile(draws, [0.025, 0.975])
    return f"{value:.2f} [{low:.2f}, {high:.2f}]"


def by_theme(table, old, new):
    rows = []
    for name, part in [("all", table), *table.groupby("set"), ("guard", table[table["guard"]])]:
        here = part.index
        article = part["article"].to_numpy()
        (before, before_draws), (after, draws) = (
            with_intervals(c[here], article) for c in (old, new)
        )
        for k, theme in enumerate(SEVEN):
            positives = int(new[here, k][:, [0, 2]].sum())
            rows.append(
                (name, theme, positives, interval(before[k, 2], before_draws[:, k, 2]),
                 *(interval(after[k, m], draws[:, k, m]) for m in range(3)))
            )  # fmt: skip
        with np.errstate(all="ignore"):
            rows.append(
                (name, "macro", "", interval(np.nanmean(before[:, 2]), np.nanmean(before_draws[:, :, 2], axis=1)), "", "",
                 interval(np.nanmean(after[:, 2]), np.nanmean(draws[:, :, 2], axis=1)))
            )  # fmt: skip
    head = ("passages", "theme", "positives", "F1 before", "precision", "recall", "F1 after")
    return table_of(head, rows)


def differential(table, new):
    """Say how recall and precision, all themes together, differ by outlet and by period."""
    rows = []
    for column in ("outlet", "period"):
        for name, part in table.groupby(column):
            cells = new[part.index].sum(axis=1, keepdims=True)
            positives = int(cells[..., [0, 2]].sum())
            if positives < 15:
                continue
            found, draws = with_intervals(cells, part["article"].to_numpy())
            rows.append(
                (
                    column,
                    name,
                    len(part),
                    positives,
                    *(interval(found[0, m], draws[:, 0, m]) for m in range(3)),
                )
            )
    return table_of(("by", "group", "passages", "positives", "precision", "recall", "F1"), rows)


def samples():
    """Return the coded passages: development, and those of ant2018 where they are coded."""
    path = folder() / "themes_dev.jsonl"
    yield "themes_dev, coder a", st.validation.read_codings(path, codes="coder_a"), None
    if not CODED.is_file():
        return
    rows = coded(folder())
    ids = st.load_themes().ids
    rows = rows.assign(
        passage_id=rows["hash"], themes=rows["final"], coder="coder", time="", note=""
    )
    rows = rows.assign(outlet=None, date=pd.NaT, stratum="all", probability=1.0).astype(
        {"article_id": str}
    )
    rows = rows.sort_values("passage_id", ignore_index=True)
    sample = Codings(
        table=rows[list(COLUMNS)], sample=rows[list(SAMPLE)], themes=tuple(ids), labels={}
    )
    passes = [
        pd.DataFrame([[t in said.split() for t in ids] for said in rows[name]], index=rows["passage_id"], columns=ids)
        for name in ("first", "second")
    ]  # fmt: skip
    yield "ant2018, coded here", sample, (rows["weight"].to_numpy(), passes)


def as_passages(sample):
    rows = sample.decided()
    bare = _as_passages(list(rows["text"])).table
    return bare.assign(
        passage_id=list(rows.index), article_id=rows["article_id"].to_numpy(dtype=str)
    )


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
    trained = st.scorers.Classifier(sample).train()
    found["classifier"] = trained.unseen()
    return found, trained


def figure(value, low, high):
    return "–" if np.isnan(value) else f"{value:.2f} [{low:.2f}, {high:.2f}]"


def report(name, sample, extra):
    found, trained = assigned(sample)
    result = st.agreement(sample, found).table
    shown = [
        (r.theme, *r.comparison.split(" – "), r.positives_b, figure(r.alpha, r.low, r.high), figure(r.f1, r.f1_low, r.f1_high), r.note)
        for r in result.itertuples()
    ]  # fmt: skip
    curve = trained.learning_curve()
    wide = curve.pivot(index="n", columns="theme", values="f1").round(2)
    parts = [
        f"## {name}: {len(sample)} passages",
        table_of(
            ("theme", "scorer", "against", "positives", "α [95 %]", "F1 [95 %]", "note"), shown
        ),
        "Learning curve of the classifier (F1, cross-validated by article):",
        table_of(("n", *wide.columns), [(n, *row) for n, *row in wide.itertuples()]),
    ]
    if extra is not None:
        weights, (first, second) = extra
        again = st.agreement(sample, {"first pass": first, "second pass": second}).table
        again = again[again["kind"] == "methods"]
        parts += ["The coder's two passes:", table_of(("theme", "positives", "α [95 %]"), [(r.theme, r.positives_b, figure(r.alpha, r.low, r.high)) for r in again.itertuples()])]  # fmt: skip
        weighted = per_label(found["lexicon"], sample.given(), weights)
        parts += ["The lexicon, weighted to the frame the sample was drawn from:", table_of(("theme", "positives", "precision", "recall", "F1 [95 %]"), [(r.label, r.positives, f"{r.precision:.2f}", f"{r.recall:.2f}", figure(r.f1, r.low, r.high)) for r in weighted.itertuples()])]  # fmt: skip
    return parts


def main():
    parts = [
        "# Themes against coders",
        "`python -m benchmarks --data FOLDER framing_themes`",
        __doc__.strip(),
    ]
    if folder() is None:
        return "\n\n".join([*parts, "The corpora are not there: nothing was measured."]) + "\n"
    passages = development_passages()
    old, new = counts(passages, lexicon_before()), counts(passages)
    parts += [
        f"## The lexicon alone: {len(passages)} passages of {passages['article'].nunique()} articles",
        f"Before: the lexicon of commit {BEFORE}. After: as it stands.",
        by_theme(passages, old, new),
        "## Differential error of the lexicon (all themes together; groups with 15 codes or more)",
        differential(passages, new),
    ]
    for name, sample, extra in samples():
        parts += report(name, sample, extra)
    return "\n\n".join(parts) + "\n"
