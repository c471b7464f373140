"""How fast is the whole Arabic chain over a large corpus, beside CAMeL's and a bare pass?

A stretch of the large corpus, text by text as partitions hold it. CAMeL's chain: dediacritise, four
normalisations, simple_word_tokenize; it finds no names and no stop words. Ours: clean, tokens, match
keys, names, stop words, clitics, with a reader that is fitted already, and that has seen the words
of other partitions before. The bare pass is `re.findall` over the same text. Processor seconds of
one core, in turns, the best of five, but the two that meet every word for the first time once; the
slow chain reads a tenth of the text and is scaled.
"""

import pyarrow.parquet as pq

import syriatopics as st
from benchmarks._data import table
from benchmarks._large import large_corpus
from benchmarks._measure import best_in_turns
from benchmarks.arabic_speed import camel_chain

ARTICLES, PART = 20_000, 2_000
ORDER = (
    "CAMeL's chain",
    "bare regular expression (re.findall)",
    "ours, whole chain, words seen before",
    "ours, without names, words seen before",
    "ours, whole chain, words never seen",
    "ours, fitting (attested forms)",
)


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
    fitted = []
    once = {
        "ours, fitting (attested forms)": lambda: fitted.append(
            st.ArabicAnalyzer().fit(text for part in texts for text in part)
        ),
        "ours, whole chain, words never seen": lambda: read(fitted[0].vocabulary_analyzer()),
    }

    def read(reader):
        for part in texts:
            reader.encode(part)

    def bare():
        for part in texts:
            for text in part:
                TOKEN.findall(text)

    times = best_in_turns(once, 1)
    plain = st.ArabicAnalyzer(names=None).fit(few).vocabulary_analyzer()
    read(plain)
    times |= best_in_turns(
        {
            "CAMeL's chain": lambda: [camel_chain(text) for text in few],
            "bare regular expression (re.findall)": bare,
            "ours, whole chain, words seen before": lambda: read(fitted[0].vocabulary_analyzer()),
            "ours, without names, words seen before": lambda: read(plain),
        }
    )
    times["CAMeL's chain"] *= size / few_size
    times = {name: times[name] for name in ORDER}
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
        f"{len(fitted[0].counts_):,} word types.\n\n{table(header, rows)}\n\n"
        "Made by `python -m benchmarks --data FOLDER scale_arabic`.\n"
    )
