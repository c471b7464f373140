"""Is it seen that a telling names an actor otherwise, or gives another number, and is nothing else seen?

Articles on Syria (ant2018) are told anew: in some sentences one name of an actor is put in place of another of the same
referent, both as naming.toml lists them, or a number in figures is another one; sentences fall out, and an eighth of
the words of the others, though none of a name or a number. Found is what `Tellings.changes` says of the sentence: recall of
what was planted, and the share of what is said to be replaced that was planted; what is said to be dropped or added
beside is wrong, or a name of names.toml whose words fell. The lexicon that finds is the one that planted: of names that it
does not know this says nothing. Tuning seed 51, looked at while the rules
were written; reporting seed 52, other articles.

Across languages: of 1,000 sentences of Arabic-PUD and English-PUD nothing was changed but by their translators; how many are
called changed?
"""

import re
import sys

import numpy as np
import pandas as pd

import syriatopics as st
from benchmarks._data import folder, table
from syriatopics.arabic import find_dates, sentences
from syriatopics.framing.naming.mentions import mention_table
from syriatopics.framing.tellings.changes import abroad_changes
from syriatopics.framing.tellings.numbers import numbers
from syriatopics.framing.tellings.texts import Sentences
from syriatopics.lexicons import load
from syriatopics.matrix import _as_passages

TUNING, REPORTING, ARTICLES = 51, 52, 150
FIGURES = re.compile(r"(?<![\w.,/:-])\d{2,5}(?![\w.,/:-])(?! (?:ألف|آلاف|مليون|مليار))")


def forms():
    """Return the forms of each label by referent, those that are valid in 2018."""
    known = {}
    for referent in load("naming").referent:
        # The readings of دمشق are no names that an editor chooses.
        if referent.id == "damascus_metonym":
            continue
        if (referent.from_ is None or referent.from_.year < 2018) and not referent.own_pass:
            labels = {
                label.id: list(label.forms)
                for label in referent.label
                if label.forms and (label.from_ is None or label.from_.year < 2018)
            }
            if len(labels) > 1:
                known[referent.id] = labels
    return known


def articles(half):
    from benchmarks._coded import syria_articles

    found = syria_articles(folder()).drop_duplicates("text")
    found = found.sample(len(found), random_state=9).iloc[half::2].head(ARTICLES)
    cut = [
        (row.id, [s.text for s in sentences(" ".join(row.text.split()))])
        for row in found.itertuples()
    ]
    return [
        (name, part) for name, part in cut if 6 <= len(part) <= 40 and len(set(part)) == len(part)
    ]


def planted(told, known, rng):
    """Return the sentences as they are told, and the changes that were planted in each."""
    mentions = mention_table(_as_passages(told))
    mentions["label"] = mentions["label"].astype(str)
    out, made = [], []
    for n, text in enumerate(told):
        if rng.random() < 0.1 and n:
            continue
        here = [
            m
            for m in mentions[mentions["row"] == n].itertuples()
            if m.referent in known and m.surface in known[m.referent].get(m.label, ())
        ]
        dates = [range(date.start, date.end) for date in find_dates(text)]
        figures = [
            m
            for m in FIGURES.finditer(text)
            if not any(m.start() in part for part in dates)
            and int(m.group()) not in range(1900, 2100)
        ]
        if here and rng.random() < 0.5:
            m = here[int(rng.integers(len(here)))]
            others = [label for label in known[m.referent] if label != m.label]
            label = others[int(rng.integers(len(others)))]
            choice = known[m.referent][label]
            form = choice[int(rng.integers(len(choice)))]
            out.append(text[: m.start] + form + text[m.end :])
            made.append((out[-1], "name", m.referent, m.label, label))
        elif figures and rng.random() < 0.5:
            m = figures[int(rng.integers(len(figures)))]
            value = str(int(m.group()) + int(rng.integers(3, 9)))
            out.append(text[: m.start()] + value + text[m.end() :])
            made.append((out[-1], "number", "", str(int(m.group())), value))
        else:
            spans = [range(m.start, m.end) for m in mentions[mentions["row"] == n].itertuples()]
            out.append(fallen(text, spans, rng))
    return out, made


def fallen(text, spans, rng):
    """Return a sentence without an eighth of its words; none of a name, a number or what it counts, nor the last."""
    words = list(re.finditer(r"\S+", text))
    kept = [
        w.group()
        for n, w in enumerate(words)
        if rng.random() > 0.125
        or n == len(words) - 1
        or any(w.start() < s.stop and s.start < w.end() for s in spans)
        or list(numbers(" ".join(x.group() for x in words[max(n - 1, 0) : n + 1])))
    ]
    return " ".join(kept)


def measured(half, seed):
    """Return recall and precision of names and numbers."""
    rng, known = np.random.default_rng(seed), forms()
    sources, retold, truth = [], [], []
    for name, told in articles(half):
        out, made = planted(told, known, rng)
        sources.append(
            {"id": f"s-{name}", "title": "عنوان", "text": "\n\n".join(told), "date": "2018-05-01"}
        )
        retold.append(
            {"id": f"a-{name}", "title": "عنوان", "text": "\n\n".join(out), "date": "2018-05-02"}
        )
        truth += [(f"a-{name}", *row) for row in made]
    found = st.tellings(*(st.read_corpus(pd.DataFrame(rows)) for rows in (retold, sources)))
    text = found.table.dropna(subset=["target_sentence"]).drop_duplicates(["article_id", "link"])
    rows = found.changes.merge(
        text[["article_id", "link", "target_sentence"]], on=["article_id", "link"], how="left"
    )
    for aspect in ("name", "number"):
        here = rows[(rows["aspect"] == aspect)]
        wanted = [row for row in truth if row[2] == aspect]
        hit, used = 0, set()
        for article, sentence, _, referent, was, now in wanted:
            match = here[
                [
                    row.article_id == article
                    and (
                        str(row.target_sentence) in sentence or sentence in str(row.target_sentence)
                    )
                    and was in row.source.split(", ")
                    and now in row.target.split(", ")
                    for row in here.itertuples()
                ]
            ]
            if aspect == "name":
                match = match[match["of"] == referent]
            hit += bool(len(match))
            used |= set(match.index)
        replaced = here[here["change"] == "replaced"]
        yield (
            aspect, len(wanted), f"{hit / max(len(wanted), 1):.3f}", len(replaced),
            f"{replaced.index.isin(list(used)).mean():.3f}", int((here["change"] != "replaced").sum()),
        )  # fmt: skip


def translated():
    """Return how many sentences that were only translated are called changed, by aspect."""
    found = pd.read_parquet(folder() / "parallel" / "pud_ar_en.parquet")
    sides = []
    for language, name in (("en", "s"), ("ar", "a")):
        rows = [
            {"id": f"{name}{n:04d}", "text": text, "title": "عنوان"}
            for n, text in enumerate(found[language])
        ]
        sides.append(Sentences.of(st.read_corpus(pd.DataFrame(rows))))
    rows = [
        (f"s{n:04d}", f"a{n:04d}", n, "kept", int(one), int(two))
        for n in range(len(found))
        for one, two in zip(
            *(np.flatnonzero(side.table["article_id"] == f"{name}{n:04d}")
              for side, name in zip(sides, "sa", strict=True)), strict=False)
    ]  # fmt: skip
    links = pd.DataFrame(
        rows, columns=["source_id", "article_id", "link", "kind", "source_row", "row"]
    )
    changes = abroad_changes(links.drop_duplicates("link"), tuple(sides))
    yield ("any", len(found), changes["link"].nunique())
    for aspect, part in changes.groupby("aspect"):
        yield (aspect, len(found), part["link"].nunique())


def main():
    if folder() is None:
        sys.exit("framing_changes needs a folder of data: --data FOLDER, or SYRIATOPICS_DATA")
    rows = [("tuning", *row) for row in measured(0, TUNING)]
    rows += [("reporting", *row) for row in measured(1, REPORTING)]
    return "\n\n".join([
        "# What changed in a telling",
        "`python -m benchmarks --data FOLDER framing_changes`",
        __doc__.strip(),
        table(("half", "aspect", "planted", "recall", "said to be replaced", "of these planted",
               "dropped or added beside"), rows),
        "## Translated, and no more",
        table(("aspect", "sentences", "called changed"), list(translated())),
    ]) + "\n"  # fmt: skip
