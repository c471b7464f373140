"""How many near copies are found, how fast, in how much memory, beside a plain datasketch loop?

Two articles are near copies when at least half of the 5-grams of words of the shorter one stand
in the other. A random sample of articles is compared with all by exact counting (scikit-learn's
vectorizer and a sparse matrix product, which share only the words with ours); a found pair is
right when the exact count says so. A cluster is a star: all are near copies of the one in its
middle, and most, not all, of each other; "share a quarter" says how many pairs share at least
half of what a near copy shares. "Copy elsewhere" is the share of the sample with a near copy in
another outlet.

The peer is the loop of datasketch's documentation (128 permutations, Jaccard threshold 0.5, the
words split at spaces) on the same texts; its pairs are not verified, and since it measures
likeness and not containment, it does not look for a short text in a long one. Times are processor
seconds of one run, from article texts to tables; the machine is shared, so read the ratios.
Memory is the peak of the whole process, the corpus and its reading included.
"""

import random
import resource
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

import syriatopics as st
from benchmarks._data import folder, table

THRESHOLD = 0.5
SAMPLE = 2_000
SIZES = (5_000, 10_000, 20_000)
FILE = "saudinewsnet_2015.parquet"


def corpus(seed=4):
    """Return the corpus and its name: the real one, or one made from the seeds."""
    if folder() is not None and (folder() / FILE).is_file():
        return st.read_corpus(folder() / FILE), "saudinewsnet_2015"
    return made(4_000, seed), "articles made from sentences of the seeds"


def made(n, seed):
    """Shuffle sentences of the seeds word by word into articles; a third are cut copies."""
    import pandas as pd

    chooser = random.Random(seed)
    words = [w for s in st.load_seeds().passages("sentence").texts for w in s.split()]
    texts = []
    for number in range(n):
        if number % 3 == 2:
            lines = chooser.choice(texts).split("\n")
            texts.append("\n".join(line for line in lines if chooser.random() < 0.8) or lines[0])
        else:
            texts.append("\n".join(" ".join(chooser.choices(words, k=25)) + "." for _ in range(8)))
    frame = pd.DataFrame({"text": texts})
    frame.insert(0, "outlet", [f"paper{chooser.randrange(9)}" for _ in texts])
    frame.insert(0, "id", [f"a{n:06d}" for n in range(len(texts))])
    with tempfile.TemporaryDirectory() as place:
        frame.to_csv(Path(place) / "made.csv", index=False)
        return st.read_corpus(Path(place) / "made.csv")


def timed(function):
    start = time.process_time()
    result = function()
    return result, time.process_time() - start


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def texts_of(articles):
    return ["\n".join(article.paragraphs) for article in articles]


def plain_datasketch(texts):
    """Do what datasketch's documentation shows, and return the pairs."""
    from datasketch import MinHash, MinHashLSH

    lsh, sketches = MinHashLSH(threshold=THRESHOLD, num_perm=128), {}
    for number, text in enumerate(texts):
        words = text.split()
        grams = {" ".join(words[n : n + 5]).encode() for n in range(len(words) - 4)}
        if grams:
            sketches[number] = MinHash(num_perm=128)
            sketches[number].update_batch(grams)
            lsh.insert(number, sketches[number])
    return {
        (min(number, other), max(number, other))
        for number, sketch in sketches.items()
        for other in lsh.query(sketch)
        if other != number
    }


def grams(text):
    from syriatopics.arabic import clean
    from syriatopics.corpus.words import pieces_of, words_of

    words = words_of(pieces_of(clean(text)))
    return [" ".join(words[n : n + 5]) for n in range(len(words) - 4)]


def exact_pairs(texts, sample):
    """Count the common 5-grams of the sample and all articles.

    Returns the near copies, and the pairs with half of what makes a near copy.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=grams, binary=True)
    vectorizer.fit([texts[n] for n in sample])
    counts = vectorizer.transform(texts).tocsr()
    sizes = np.array([len(set(grams(text))) for text in texts])
    common = (counts[sample] @ counts.T).tocoo()
    left, right, shared = np.array(sample)[common.row], common.col, common.data
    smaller = np.minimum(sizes[left], sizes[right])
    found = []
    for threshold in (THRESHOLD, THRESHOLD / 2):
        near = (left != right) & (shared >= threshold * smaller) & (smaller >= 6)
        pairs = zip(left[near].tolist(), right[near].tolist(), strict=True)
        found.append({(min(pair), max(pair)) for pair in pairs})
    return found


def found_pairs(reprints, articles):
    """Return all pairs found: one of equal articles stands for all of them."""
    position = {article.article_id: n for n, article in enumerate(articles)}
    rows = [
        (position[row.article_id], position[row.other_id], row.resemblance == 1.0)
        for row in reprints.pairs.itertuples()
    ]
    first = {b: a for a, b, equal in rows if equal}
    groups = defaultdict(list)
    for n in range(len(articles)):
        groups[first.get(n, n)].append(n)
    linked = {(a, b) for a, b, equal in rows if not equal} | {(a, a) for a in groups}
    return {
        (min(a, b), max(a, b))
        for left, right in linked
        for a in groups[left]
        for b in groups[right]
        if a != b
    }


def clustered_pairs(reprints, articles):
    position = {article.article_id: n for n, article in enumerate(articles)}
    members = reprints.table.groupby("cluster")["article_id"].agg(list)
    return {
        (min(position[a], position[b]), max(position[a], position[b]))
        for ids in members
        for a in ids
        for b in ids
        if a != b
    }


def quality(name, pairs, truth, related, articles, sample):
    """Return a row: how many pairs with an article of the sample are found, and are right."""
    chosen = set(sample)
    pairs = {pair for pair in pairs if chosen & set(pair)}
    right = pairs & truth
    elsewhere = {
        n for pair in pairs if articles[pair[0]].outlet != articles[pair[1]].outlet for n in pair
    }
    return (
        name,
        f"{len(pairs):,}",
        f"{len(right) / len(truth):.4f}",
        f"{len(right) / max(len(pairs), 1):.4f}",
        f"{len(pairs & related) / max(len(pairs), 1):.4f}",
        f"{len(elsewhere & chosen) / len(chosen):.3f}",
    )


def growth(articles, seed=5):
    shuffled = list(articles)
    random.Random(seed).shuffle(shuffled)
    rows = []
    for size in (*(n for n in SIZES if n < len(articles)), len(articles)):
        smaller = st.Corpus(shuffled[:size])
        found, spent = timed(smaller.reprints)
        rows.append((f"{size:,}", f"{spent:.1f}", f"{1e3 * spent / size:.2f}", f"{len(found):,}"))
    return rows


def main():
    given, source = corpus()
    articles, before = given.articles, peak()
    reprints, ours = timed(given.reprints)
    after = peak()
    texts = texts_of(articles)
    sample = sorted(random.Random(6).sample(range(len(articles)), min(SAMPLE, len(articles))))
    (truth, related), exact = timed(lambda: exact_pairs(texts, sample))
    theirs, peer = timed(lambda: plain_datasketch(texts))
    found = found_pairs(reprints, articles)
    grown = growth(articles)
    judged = [
        quality(name, pairs, truth, related, articles, sample)
        for name, pairs in {
            "exact counting": truth,
            "ours, pairs": found,
            "ours, in one cluster": clustered_pairs(reprints, articles),
            "plain datasketch": theirs,
        }.items()
    ]
    times = [
        ("ours: pairs verified, clusters, dates, agencies", f"{ours:.1f}", f"{ours / peer:.2f}"),
        ("plain datasketch: pairs", f"{peer:.1f}", "1.00"),
        (f"exact counting for {len(sample):,} articles", f"{exact:.1f}", f"{exact / peer:.2f}"),
    ]
    marked = given.without_reprints("mark").table["production"].value_counts()
    stated = given.table["production"].value_counts()
    made_by = [
        (kind, f"{stated.get(kind, 0):,}", f"{marked.get(kind, 0):,}")
        for kind in ("own", "wire", "translated", "republished", "unknown")
    ]
    said = "\n".join(f"- {note}" for note in reprints.notes)
    return (
        f"# Near copies\n\n{__doc__}\nsyriatopics {st.__version__}; {source}, {len(articles):,} "
        f"articles.\n\n{said}\n\n"
        f"{table(('', 'processor seconds', 'against the peer'), times)}\n\n"
        f"Peak memory: {before:,.0f} MB with the corpus read, {after:,.0f} MB with its near "
        f"copies found.\n\nPairs with an article of a random sample of {len(sample):,}:\n\n"
        f"{table(('', 'pairs', 'recall', 'precision', 'share a quarter', 'copy elsewhere'), judged)}\n\n"
        "Growth, random parts of the corpus:\n\n"
        f"{table(('articles', 'processor seconds', 'ms per article', 'near copies'), grown)}\n\n"
        "Production as the pages state it, and with later copies of one outlet left out and "
        "credited copies asked:\n\n"
        f"{table(('production', 'stated', 'with near copies'), made_by)}\n\n"
        "Made by `python -m benchmarks --data FOLDER corpus_reprints`.\n"
    )
