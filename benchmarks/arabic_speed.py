"""How fast is the Arabic chain on one core, beside CAMeL's and a bare regular expression?

20 MB of news. CAMeL's chain: dediacritise, four normalisations, simple_word_tokenize; it finds
no names and no stop words. Ours: clean, tokens, match keys, names, stop words, clitics. Times
are processor seconds; the machine is shared, so read the ratios. Cold: once, in a fresh process, as
who reads a corpus meets it; every word type is worked out, and lexicons are compiled. Warm: in
turns, the best of five, the same texts again, when what is known of their words is remembered. Memory
is what the process holds at its peak beyond the texts, and grows with word types, not with tokens.
"""

import resource
import subprocess
import sys
import time

import syriatopics as st
from benchmarks._data import news, table
from benchmarks._measure import best_in_turns

MEGABYTES = 20
COLD = ("CAMeL's chain", "ours, fit and encode", "ours, fit and transform")
_FRESH = 2


def camel_chain(text):
    from camel_tools.tokenizers.word import simple_word_tokenize
    from camel_tools.utils.dediac import dediac_ar
    from camel_tools.utils.normalize import (
        normalize_alef_ar,
        normalize_alef_maksura_ar,
        normalize_teh_marbuta_ar,
        normalize_unicode,
    )

    text = normalize_unicode(dediac_ar(text))
    for step in (normalize_alef_ar, normalize_alef_maksura_ar, normalize_teh_marbuta_ar):
        text = step(text)
    return simple_word_tokenize(text)


def chains(texts):
    """Return the time of each chain."""
    from sklearn.feature_extraction.text import CountVectorizer

    from syriatopics.arabic.tokenize import TOKEN

    splitter = CountVectorizer().build_analyzer()
    reader = st.ArabicAnalyzer().fit(texts).vocabulary_analyzer()
    plain = st.ArabicAnalyzer(names=None).fit(texts).vocabulary_analyzer()
    return best_in_turns(
        {
            "CAMeL's chain": lambda: [camel_chain(text) for text in texts],
            "scikit-learn's analyzer (splits vowelled words)": lambda: list(map(splitter, texts)),
            "bare regular expression (re.findall)": lambda: [TOKEN.findall(t) for t in texts],
            "ours, in columns (names, stop words, clitics)": lambda: reader.encode(texts),
            "ours, in columns, without names": lambda: plain.encode(texts),
            "ours, text by text": lambda: [reader(text) for text in texts],
            "ours, fitting (attested forms)": lambda: st.ArabicAnalyzer().fit(texts),
        }
    )


def read_once(way, megabytes=MEGABYTES):
    """Read the texts once, in this process; print the processor seconds."""
    texts, _, _ = news(megabytes)
    from syriatopics.arabic import encoder  # noqa: F401 - modules are loaded before the clock

    camel_chain("سوريا")
    st.ArabicAnalyzer()
    start = time.process_time()
    if way == COLD[0]:
        for text in texts:
            camel_chain(text)
    elif way == COLD[1]:
        st.ArabicAnalyzer().fit(texts).vocabulary_analyzer().encode(texts)
    else:
        st.ArabicAnalyzer().fit(texts).transform(texts)
    print(time.process_time() - start)


def cold():
    """Return the fewest seconds of each way, once through the texts in fresh processes."""
    best = dict.fromkeys(COLD, float("inf"))
    for _ in range(_FRESH):
        for way in COLD:
            code = f"from benchmarks.arabic_speed import read_once; read_once({way!r})"
            run = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            )
            best[way] = min(best[way], float(run.stdout))
    return best


def peak_memory(megabytes):
    """Return peak megabytes of a fresh process that encodes so many megabytes, and its types."""
    code = f"from benchmarks.arabic_speed import encode_once; encode_once({megabytes})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.split()


def encode_once(megabytes):
    texts, size, _ = news(megabytes)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    analyzer = st.ArabicAnalyzer().fit(texts)
    encoded = analyzer.vocabulary_analyzer().encode(texts)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{size:.0f} {(after - before) / 1024:.0f} {len(analyzer.counts_)} {len(encoded.codes)}")


def main():
    texts, size, source = news(MEGABYTES)
    times = chains(texts)
    camel, bare = times["CAMeL's chain"], times["bare regular expression (re.findall)"]
    rows = [
        (
            name,
            f"{spent:.2f}",
            f"{size / spent:.1f}",
            f"{camel / spent:.1f} ×",
            f"{spent / bare:.2f}",
        )
        for name, spent in times.items()
    ]
    header = ("chain", "seconds", "MB/s", "speed against CAMeL's", "time against the bare pass")
    once = cold()
    fresh = [
        (way, f"{spent:.2f}", f"{size / spent:.1f}", f"{once[COLD[0]] / spent:.1f} ×")
        for way, spent in once.items()
    ]
    memory = [peak_memory(n) for n in (10, 40)]
    held = ("MB of text", "MB held", "word types", "terms")
    return (
        f"# Speed of the Arabic chain\n\n{__doc__}\nsyriatopics {st.__version__}; {size:.0f} MB of "
        f"{source}, {len(texts):,} texts.\n\n## Cold: once, in a fresh process\n\n"
        f"{table(header[:4], fresh)}\n\n## Warm: the same texts again\n\n{table(header, rows)}\n\n"
        f"## Memory\n\n{table(held, memory)}\n\n"
        "Made by `python -m benchmarks --data FOLDER arabic_speed`.\n"
    )
