"""Naming and voices against coders: the five seed articles, and twelve articles coded by a language model.

**Seeds.** Coded by hand before the program was written.
This is the development text: general rules were written with it in sight. A quotation counts as found where it
shares half of its text with the coded one; "with speaker" asks for the same person besides.
**Twelve articles** (``coded_articles_dev.jsonl`` in the folder of real corpora): six outlets and agencies of 2009 to
2024, coded by a language model in two passes before a rule was written. Development text as well: these are
figures of agreement with a model's coding, and no estimate for other text. Intervals: 2,000 bootstrap draws of
the articles, seed 20240; twelve are few, and the limits are rough. "Before" is the code of commit 5133bee.
**Uncoded articles.** What the instruments found in 1,000 articles on Syria of ant2018 (none of them coded), one hit
from an article, was drawn at random and read by a language model beside its passage (``data/framing_read.csv``:
passage, place and what is wrong; no text). No rule was written on these articles before they were read; most kinds
of what was wrong have been mended since. The reader knew that the program had found it, which is kind to the program.
Seeds of the draws: 9900 (statements), 9901 (names), 9903 (dates); rules were written on 1,000 others (7101).
"""

import sys
from collections import Counter
from pathlib import Path

import pandas as pd
from scipy import stats

import syriatopics as st
from benchmarks import _agreement as agreement
from benchmarks._data import folder, table

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "framing"))


def _is_found(pair):
    return pair.coded is not None and pair.found is not None


def _is_whole(pair):
    """A quotation of five words and more, found in marks with nearly all of its text."""
    return _is_found(pair) and bool(pair.found["direct"])


INSTRUMENTS = {
    "statements, span": ("statements", _is_found),
    "statements, span and speaker": ("statements", agreement.same_speaker),
    "whole direct quotations": ("whole", _is_whole),
    "names, referent and label": ("names", agreement.same_label),
    "names, referent, label and voice": ("names", agreement.same_voice),
}


def measured(rows):
    """Return the pairs of each instrument."""
    statements = agreement.statements(rows)
    whole = [
        pair
        for pair in statements
        if (pair.coded or {}).get("voice") == "quoted"
        and len(pair.coded["text"].split()) >= agreement.WHOLE
    ]
    return {"statements": statements, "whole": whole, "names": agreement.mentions(rows)}


def _shown(figures):
    return [f"{point:.2f} ({low:.2f}–{high:.2f})" for point, low, high in figures.values()]


def _cuts(pairs):
    """Yield what differential error is asked of: outlets, periods, voices."""
    for what, of in (
        ("outlet", lambda p: p.outlet),
        ("period", lambda p: p.period),
        ("voice", _voice),
    ):
        for value in sorted({of(pair) for pair in pairs}):
            yield what, value, [pair for pair in pairs if of(pair) == value]


def _voice(pair):
    if pair.coded is not None:
        return pair.coded["voice"]
    found = pair.found
    return (
        agreement.VOICES[found["voice"]]
        if "voice" in found
        else "quoted"
        if found["direct"]
        else "reported"
    )


def figures(pairs):
    """Return a table of precision, recall and F1 of every instrument."""
    rows = [
        (name, sum(pair.coded is not None for pair in pairs[of]), *_shown(agreement.rates(pairs[of], right)))
        for name, (of, right) in INSTRUMENTS.items()
    ]  # fmt: skip
    return table(("instrument", "coded", "precision", "recall", "F1"), rows)


def errors(pairs, names):
    """Count the kinds of error of an instrument."""
    kinds = Counter()
    for pair in pairs:
        if pair.coded is None:
            kinds["found, not coded"] += 1
        elif pair.found is None:
            kinds[f"missed, {pair.coded['voice']}"] += 1
        elif names and not agreement.same_label(pair):
            kinds["another label"] += 1
        elif names and not agreement.same_voice(pair):
            kinds["another voice"] += 1
        elif not names and not agreement.same_speaker(pair):
            kinds["another speaker" if pair.found["speaker_resolved"] else "no speaker"] += 1
    return sorted(kinds.items())


def differential(pairs, of, names, fewest=1):
    """Return the kinds of error, and precision and recall of outlets, periods and voices, of so many articles."""
    right = agreement.same_voice if names else agreement.same_speaker
    cells = [
        (what, value, len(cut), *_shown(agreement.rates(cut, right))[:2])
        for what, value, cut in _cuts(pairs)
        if len({pair.article for pair in cut}) >= fewest
    ]
    return [
        f"### Kinds of error: {of}",
        table(("kind", "n"), errors(pairs, names)),
        f"### Differential error: {of}, {'with voice' if names else 'with speaker'}",
        "One article is no interval: where a cell has one, its limits say nothing.",
        table(("by", "value", "n", "precision", "recall"), cells),
    ]


def coded_by_a_model():
    """Return the sections on the twelve articles, nothing where they are not at hand."""
    file = folder() / "coded_articles_dev.jsonl" if folder() is not None else None
    if file is None or not file.is_file():
        return ["## Twelve articles", "Not measured: no `coded_articles_dev.jsonl` (`--data`)."]
    pairs = measured(agreement.articles(file))
    rows = [
        (name, BEFORE.get(name, "–"), *_shown(agreement.rates(pairs[of], right)))
        for name, (of, right) in INSTRUMENTS.items()
    ]
    parts = ["## Twelve articles: agreement with a model's coding (development text)"]
    parts.append(table(("instrument", "F1 before", "precision", "recall", "F1"), rows))
    for of, names in (("statements", False), ("names", True)):
        parts += differential(pairs[of], of, names)
    return parts


# F1 of the code of commit 5133bee on the same articles, by the same rules of pairing.
BEFORE = {
    "statements, span": "0.79 (0.72–0.87)",
    "statements, span and speaker": "0.61 (0.50–0.72)",
    "whole direct quotations": "0.86 (0.76–0.96)",
    "names, referent and label": "0.78 (0.62–0.88)",
    "names, referent, label and voice": "0.66 (0.50–0.75)",
}


def read_by_hand():
    """Return the precision of what was drawn from uncoded articles and read, one hit an article."""
    read = pd.read_csv(Path(__file__).parent / "data" / "framing_read.csv", keep_default_na=False)
    rows = []
    for name, drawn in read.groupby("instrument", sort=False):
        wrong = drawn["wrong"][drawn["wrong"] != ""]
        low, high = stats.binomtest(len(drawn) - len(wrong), len(drawn)).proportion_ci(
            method="wilson"
        )
        share = f"{1 - len(wrong) / len(drawn):.2f} ({low:.2f}–{high:.2f})"
        kinds = ", ".join(f"{kind} {n}" for kind, n in wrong.value_counts(sort=False).items())
        rows.append((name, len(drawn), share, kinds))
    head = ("instrument", "read", "precision (Wilson)", "wrong")
    return ["## Uncoded articles, read by hand", table(head, rows)]


def main():
    from gold.scoring import score_naming, score_voices

    passages = st.load_seeds().passages()
    voices = score_voices(passages.table, st.quotations(passages).table)
    naming = score_naming(st.naming(passages).mentions)

    def rows(figures):
        return [
            (name, value if isinstance(value, int) else f"{value:.3f}")
            for name, value in figures.items()
        ]

    return "\n\n".join([
        "# Naming and voices against a coder", "`python -m benchmarks framing_gold`", __doc__.strip(),
        "## Voices", table(("figure", "value"), rows(voices)),
        "## Naming", table(("figure", "value"), rows(naming)), *coded_by_a_model(), *read_by_hand(),
    ]) + "\n"  # fmt: skip
