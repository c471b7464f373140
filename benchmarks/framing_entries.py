"""Entries of the theme lexicon that came since commit ed1dac6: do they stand on text that nobody coded?

**Three hits.** An entry that was met in coded passages belongs into a lexicon only where other text knows it: each
is counted in the articles of ant2018 (exact copies once), alone and without its rule. Below stand those that occur in
coded passages and in fewer than three articles. Entries that occur in no coded passage came from what is known of
the matter, and are listed by number only; who read them is said in the lexicon.
**By fold.** Words were added with coded passages in sight, which flatters. So the articles are dealt out in five
folds by hash, and each fold is scored by a lexicon without the entries that are met in its own coded passages and in
no others: what they alone have taught is not asked of them. The sums of the five folds stand beside the whole lexicon.
"""

import hashlib
from collections import Counter

import numpy as np
import pandas as pd

from benchmarks._data import folder
from benchmarks._data import table as table_of
from benchmarks.framing_themes import (
    BEFORE,
    SEVEN,
    counts,
    development_passages,
    interval,
    lexicon_before,
    with_intervals,
)
from syriatopics.arabic import PhraseMatcher, variant_table
from syriatopics.arabic.spans import PhraseFinder
from syriatopics.framing import load_themes
from syriatopics.lexicons.schema import Themes

FOLDS, LEAST = 5, 3


def spellings(themes):
    """Return every way to write an entry, under its theme."""
    return {
        (theme.id, form)
        for theme in themes.theme
        for rule in theme.rules
        for entry in rule.words + rule.weak
        for form in entry.split("|")
    }


def articles_with(forms, texts):
    """Return for each form the numbers of the texts in which it stands.

    Forms with the same first word are looked for one after the other, so that the longer one does
    not hide the shorter.
    """
    found = {form: set() for form in forms}
    rest = sorted(forms, key=len, reverse=True)
    while rest:
        apart, later, heads = [], [], set()
        for form in rest:
            head = form.split()[0].removesuffix("*").removeprefix("ال")
            (later if head in heads else apart).append(form)
            heads.add(head)
        entries, rows, codes = PhraseFinder(
            PhraseMatcher({form: [form] for form in apart}, fold=variant_table())
        ).find(texts)
        for row, code in zip(rows.tolist(), codes.tolist(), strict=True):
            found[entries[code].id].add(row)
        rest = later
    return found


def without(themes, gone):
    """Return a lexicon without some ways to write its entries."""
    plain = themes.model_dump(mode="json", by_alias=True)

    def kept(theme, entries):
        left = ["|".join(f for f in e.split("|") if (theme, f) not in gone) for e in entries]
        return [entry for entry in left if entry]

    for theme in plain["theme"]:
        for part in (theme, *theme["rule"]):
            for name in ("words", "terms", "weak"):
                if name in part:
                    part[name] = kept(theme["id"], part[name])
        theme["rule"] = [r for r in theme["rule"] if r["words"] or r["weak"] or r["like"]]
        theme["review"] = [r for r in theme["review"] if not r["entries"]]
    return Themes.model_validate(plain)


def fold_of(article):
    return int(hashlib.sha256(f"fold{article}".encode()).hexdigest(), 16) % FOLDS


def by_fold(passages, added, where):
    """Return the counts of each passage by a lexicon that its own fold has not taught."""
    themes, folds = load_themes(), passages["article"].map(fold_of).to_numpy()
    cells = np.zeros((len(passages), len(SEVEN), 3))
    for fold in range(FOLDS):
        here = np.flatnonzero(folds == fold)
        only = {
            (theme, form)
            for theme, form in added
            if where[form] and where[form] <= set(here.tolist())
        }
        cells[here] = counts(passages.iloc[here], without(themes, only))
    return cells


def kept_by_review(themes):
    """Return what a review names: entries that are kept although other text hardly knows them."""
    return {
        (theme.id, form)
        for theme in themes.theme
        for review in theme.review
        for entry in review.entries
        for form in entry.split("|")
    }


def scarce(added, where, texts):
    """Return the added entries that coded passages hold and fewer than three articles of ant2018."""
    met = {form for _, form in added if where[form]}
    known = {form: len(rows) for form, rows in articles_with(met, texts).items()}
    return sorted(
        (theme, form, known[form]) for theme, form in added if known.get(form, LEAST) < LEAST
    )


def main():
    parts = [
        "# Entries of the theme lexicon",
        "`python -m benchmarks --data FOLDER framing_entries`",
    ]
    parts.append(__doc__.strip())
    if folder() is None:
        return "\n\n".join([*parts, "The corpora are not there: nothing was measured."]) + "\n"
    passages = development_passages()
    added = spellings(load_themes()) - spellings(lexicon_before())
    where = articles_with({form for _, form in added}, list(passages["text"]))
    texts = pd.read_parquet(folder() / "ant2018.parquet", columns=["text"])["text"].dropna()
    few = scarce(added, where, texts.drop_duplicates().tolist())
    total, met = Counter(t for t, _ in added), Counter(t for t, f in added if where[f])
    rows = [(t, total[t], met[t], sum(theme == t for theme, _, _ in few)) for t in sorted(total)]
    head = ("theme", "added", "met in coded passages", f"of these in fewer than {LEAST} articles")
    parts += [f"## Added since {BEFORE}", table_of(head, rows)]
    kept = kept_by_review(load_themes())
    named = [(*row, "yes" if row[:2] in kept else "no") for row in few]
    columns = ("theme", "entry", "articles", "a review keeps it")
    parts.append(table_of(columns, named) if few else "None.")
    whole, folded = counts(passages), by_fold(passages, added, where)
    article, shown = passages["article"].to_numpy(), []
    (one, one_draws), (two, two_draws) = (with_intervals(c, article) for c in (whole, folded))
    for k, theme in enumerate(SEVEN):
        shown.append(
            (
                theme,
                interval(one[k, 2], one_draws[:, k, 2]),
                interval(two[k, 2], two_draws[:, k, 2]),
            )
        )
    macro = [
        interval(np.nanmean(point[:, 2]), np.nanmean(draws[:, :, 2], axis=1))
        for point, draws in ((one, one_draws), (two, two_draws))
    ]
    parts += [f"## F1 by fold: {len(passages)} passages of {len(set(article))} articles"]
    parts.append(table_of(("theme", "whole lexicon", "by fold"), [*shown, ("macro", *macro)]))
    return "\n\n".join(parts) + "\n"
