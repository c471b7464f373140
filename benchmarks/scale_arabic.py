"""How fast is the whole Arabic chain over a large corpus, beside CAMeL's and a bare pass?

A stretch of the large corpus, text by text as partitions hold it. CAMeL's chain: dediacritise, four
normalisations, simple_word_tokenize; it finds no names and no stop words. Ours: clean, tokens, match
keys, names, stop words, clitics, with a reader that is fitted already, and that has seen the words
of other partitions before. The bare pass is `re.findall` over the same text. Processor seconds of
one core, interleaved, the best of three; the slow chain reads a tenth of the text and is scaled.
"""

import os

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import pyarrow.parquet as pq

import syriatopics as st
from benchmarks._data import table
from benchmarks._large import large_corpus
from benchmarks.arabic_speed import camel_chain, seconds

ARTICLES, PART = 20_000, 2_000


def parts():
    """Yield the passages of a partition after another."""
    path, _ = large_corpus(100_000)
    left = ARTICLES
    for batch in pq.ParquetFile(path).iter_batches(PART, columns=["text"]):
        texts = batch.column("text").to_pylist()[:left]
        yield [passage for text in texts for passage in text.split("\n\n")]
        left -= len(texts)
        if left <= 0:
            return


def main():
    from syriatopics.arabic.tokenize import TOKEN

    texts = list(parts())
    size = sum(len(text.encode()) for part in texts for text in part) / 1e6
    few = [text for part in texts for text in part[::10]]
    few_size = sum(len(text.encode()) for text in few) / 1e6
    analyzer = st.ArabicAnalyzer()
    fitting = seconds(lambda: analyzer.fit(text for part in texts for text in part), 1)
    cold = analyzer.vocabulary_analyzer()
    first = seconds(lambda: [cold.encode(part) for part in texts], 1)
    plain = st.ArabicAnalyzer(names=None).fit(few).vocabulary_analyzer()
    times = {
        "CAMeL's chain": seconds(lambda: [camel_chain(text) for text in few], 2) * size / few_size,
        "bare regular expression (re.findall)": seconds(
            lambda: [TOKEN.findall(text) for part in texts for text in part]
        ),
        "ours, whole chain, words seen before": seconds(
            lambda: [cold.encode(part) for part in texts]
        ),
        "ours, whole chain, words never seen": first,
        "ours, without names": seconds(lambda: [plain.encode(part) for part in texts], 2),
        "ours, fitting (attested forms)": fitting,
    }
    camel, bare = times["CAMeL's chain"], times["bare regular expression (re.findall)"]
    rows = [
        (
            name,
            f"{spent:.1f}",
            f"{size / spent:.1f}",
            f"{camel / spent:.1f} ×",
            f"{spent / bare:.2f}",
        )
        for name, spent in times.items()
    ]
    header = ("chain", "seconds", "MB/s", "speed against CAMeL's", "time against the bare pass")
    return (
        f"# Speed of the Arabic chain at size\n\n{__doc__}\nsyriatopics {st.__version__}; "
        f"{size:.0f} MB, {ARTICLES:,} articles, {sum(map(len, texts)):,} passages, "
        f"{len(analyzer.counts_):,} word types.\n\n{table(header, rows)}\n\n"
        "Made by `python -m benchmarks --data FOLDER scale_arabic`.\n"
    )
