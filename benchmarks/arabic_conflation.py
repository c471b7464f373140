"""How well does each conflation put the forms of a lemma together, and what does it damage?

Pairs of word types of UD PADT newswire (hand-disambiguated lemmas; proclitics and pronouns
joined to their words again) are right when they share term and lemma. Attestation comes from
PADT together with so many news articles. Damage: names and words at risk that are no longer
counted under themselves.
"""

from collections import Counter
from pathlib import Path

import pandas as pd

import syriatopics as st
from benchmarks._data import folder, table
from syriatopics.arabic import clean, key, stop_list, variant_table
from syriatopics.arabic.characters import is_arabic_word
from syriatopics.arabic.columns import count_words
from syriatopics.arabic.conflation import CliticStripper, WordFolder, snowball
from syriatopics.arabic.names import name_words
from syriatopics.lexicons import load

PROCLITICS = {"و", "ف", "ب", "ل", "ك", "س"}
CONTENT = ["NOUN", "ADJ", "VERB", "PROPN", "ADV", "NUM"]
HEADER = (
    "articles",
    "conflation",
    "pair precision",
    "pair recall",
    "persons damaged",
    "places not in the lexicon damaged",
    "words at risk damaged",
)
AT_RISK = Path(__file__).parent / "data" / "words_at_risk.txt"


def padt_words(path):
    """Return the words of the treebank as they stood in the paper, with their lemmas."""
    words = []
    for _, sentence in pd.read_parquet(path).groupby("sent_id", sort=False):
        words += _rejoined(sentence)
    frame = pd.DataFrame(words, columns=["word", "lemma", "upos"])
    return frame[frame["word"].map(is_arabic_word)]


def _rejoined(sentence):
    out, waiting = [], ""
    for row in sentence.itertuples():
        form = clean(row.form_undiac or "")
        free = "Case=Nom" in (row.feats or "")
        if row.upos == "PRON" and not free and out and not waiting and 0 < len(form) <= 3:
            word, lemma, upos = out[-1]
            word = word[:-1] + "ت" if word.endswith("ة") else word
            out[-1] = (word + form, lemma, upos)
        elif form in PROCLITICS and row.upos in {"CONJ", "ADP", "PART", "SCONJ", "CCONJ", "AUX"}:
            waiting += form
        else:
            out.append((_joined(waiting, form), clean(row.lemma_undiac or form), row.upos))
            waiting = ""
    return out


def _joined(before, form):
    if before.endswith("ل") and form.startswith("ال"):
        rest = form[2:]
        return before + (rest if rest.startswith("ل") else "ل" + rest)
    return before + form


def pairs(counts):
    return sum(n * (n - 1) // 2 for n in counts.values())


def quality(term_of, gold):
    """Return pair precision and recall of a conflation."""
    found = {word: term_of(word) for word in gold}
    both = pairs(Counter((found[word], lemma) for word, lemma in gold.items()))
    return both / max(pairs(Counter(found.values())), 1), both / pairs(Counter(gold.values()))


def systems(counts):
    """Yield the name of each conflation and its function ``clean word → term``."""
    fold = variant_table()

    def key_of(word):
        return fold(key(word))

    clitics = CliticStripper(counts, load("clitics"), key_of)
    yield "none", key_of
    yield "clitics (ours)", clitics
    yield (
        "words (ours, default)",
        WordFolder(counts, clitics, load("clitics"), name_words(), key_of),
    )
    yield "Snowball", snowball()
    yield from _peers()


def _peers():
    from nltk.stem.isri import ISRIStemmer
    from tashaphyne.stemming import ArabicLightStemmer

    isri, tashaphyne = ISRIStemmer(), ArabicLightStemmer()
    yield "ISRI (nltk)", isri.stem
    yield "Tashaphyne", lambda word: tashaphyne.light_stem(word) and tashaphyne.get_stem()


def names():
    """Return single words of names: persons of the lexicon, and places that are not in it."""
    persons = (n for n in load("names").name if n.kind == "person")
    known = {clean(word) for n in persons for word in n.ar.split()}
    gazetteer = pd.read_parquet(folder() / "extra" / "syria_gazetteer_ar_en.parquet")
    column = next(
        c for c in gazetteer.columns if gazetteer[c].astype(str).map(_arabic).mean() > 0.9
    )
    places = {clean(w) for n in gazetteer[column].dropna() for w in str(n).split()} - name_words()
    return _usable(known), _usable(places - known)


def _arabic(text):
    return any(map(is_arabic_word, text.split()))


def _usable(words):
    return sorted(w for w in words if len(w) > 2 and is_arabic_word(w) and w not in stop_list())


def damaged(term_of, words):
    """Count the words that are counted under something else than themselves, article aside."""
    fold = variant_table()
    kept = 0
    for word in words:
        own = fold(key(word))
        kept += fold(term_of(word)) in (own, own.removeprefix("ال"))
    return len(words) - kept


def attestation(padt, sizes):
    """Yield the counts of PADT with so many articles of ant2018 and SaudiNewsNet."""
    frames = [
        pd.read_parquet(folder() / name, columns=["text"])["text"]
        for name in ("ant2018.parquet", "saudinewsnet_2015.parquet")
    ]
    texts = pd.concat(frames).dropna().drop_duplicates().sample(frac=1, random_state=3).tolist()
    for size in sizes:
        counts = Counter(padt["word"])
        counts.update(count_words(texts[:size]))
        yield min(size, len(texts)), {w: n for w, n in counts.items() if is_arabic_word(w)}


def main():
    if folder() is None:
        return "arabic_conflation: lemma gold is needed; name its folder with --data.\n"
    padt = padt_words(folder() / "lemma" / "ud_padt_newswire.parquet")
    fold = variant_table()
    content = padt[padt["upos"].isin(CONTENT) & ~padt["word"].map(lambda w: w in stop_list())]
    lemmas = content.groupby("word")["lemma"].agg(lambda c: c.value_counts().index[0])
    gold = {word: fold(key(lemma)) for word, lemma in lemmas.items()}
    at_risk = AT_RISK.read_text(encoding="utf-8").split()
    people, places = names()
    rows = []
    for size, counts in attestation(padt, (100, 10_000, 100_000)):
        for name, term_of in systems(counts):
            precision, recall = quality(term_of, gold)
            damage = [f"{damaged(term_of, w)}/{len(w)}" for w in (people, places, at_risk)]
            rows.append((f"{size:,}", name, f"{precision:.3f}", f"{recall:.3f}", *damage))
    return (
        f"# Conflation against lemmas\n\n{__doc__}\nsyriatopics {st.__version__}; "
        f"{len(gold):,} word types of {len(set(gold.values())):,} lemmas. Attestation: UD PADT "
        f"newswire with articles of ant2018 and SaudiNewsNet.\n\n{table(HEADER, rows)}\n\n"
        "Made by `python -m benchmarks --data FOLDER arabic_conflation`.\n"
    )
