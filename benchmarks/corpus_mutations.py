"""What is left of real exports and pages when they are damaged?

Each file is damaged a thousand times in all (cut at either end, bytes changed, zeroed, left out,
doubled or carried elsewhere: `syriatopics.testing.mutations`), and read.

- **Intact** is an article all of whose bytes, from the mark that begins it to the mark that ends it (in
  tables its line; on a page from the first to the last word of its text), still stand together, once,
  with at least the mark of the next one, or 200 bytes, behind. In files that are packed as a whole (docx,
  xlsx, wacz) no article is counted as intact; they must end in articles or a named skip all the same.
- An intact article is **read** if a document has exactly the text that the undamaged file gives; a page's,
  if all of that text stands in it and no more than a twentieth beside it.
- **Merged** are two articles in one document: sixty stretches of eight words that no other article
  has, or half of what the article has, of either. If the article is flagged by name ("may hold several articles",
  "length not as stated"), it is **told**: where a cut takes the end of one body and the head of the next, no mark
  shows it, but the number of the article and its count of words may.
- **Silent** is an end in neither an article nor a reason; **thrown**, anything but an error of ours.

Large exports are cut to their first articles before they are damaged. The seed is `MUTATION_SEED`
(numbers below: 2032, drawn once; the code was written with seeds 1 to 3), the number of files `MUTATIONS`.
"""

import os
import random
import re
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import syriatopics as st
from benchmarks._data import folder, table
from syriatopics.corpus.read.source import Source
from syriatopics.errors import SyriaTopicsError
from syriatopics.testing import mutations

_MOST, _GRAM, _SIGN, _BEHIND = 12, 8, 60, 200
# File, what begins an article, what ends it (else the next one does).
EXPORTS = (
    ("factiva_44.html", rb'<div id="article-', rb"<p>Document [A-Z0-9a-z]{20,}"),
    ("factiva_test.xml", rb"<ppsarticle>", rb"</ppsarticle>"),
    ("nexis_sample.txt", rb"(?m)^ {9,}\d+ of \d+ DOCUMENTS", None),
    ("nexis_irish_times.html", rb"<DOC NUMBER=", rb"</DOC>"),
    ("europresse_1.html", rb'<(?:span|div) class="DocPublicationName', None),
    ("fignews_text_iaa.tsv", rb"(?m)^B\d\d\t", rb"\n"),
    ("nexis_sample.docx", None, None),
    ("nexis_usa_today.docx", None, None),
    ("integrum_100.xlsx", None, None),
    ("example_1.wacz", None, None),
)


class Sample(NamedTuple):
    """A file, the bytes of each of its articles, and the text that each gives."""

    name: str
    data: bytes
    stretches: list[bytes]
    texts: list[str]


def exports(place, scratch):
    for name, begin, end in EXPORTS:
        path = place / name
        if path.is_file():
            data = path.read_bytes()
            stretches = []
            if begin:
                starts = [m.start() for m in re.finditer(begin, data)]
                if len(starts) > _MOST:
                    data = data[: starts[_MOST]] + _tail(data[starts[-1] :], end)
                    starts = starts[:_MOST]
                stretches = [_stretch(data, a, b, end) for a, b in _pairs(starts, len(data))]
            yield _sample(name, data, stretches, scratch)


def pages(place, scratch):
    for path in sorted(place.glob("*.html")):
        data = path.read_bytes()
        sample = _sample(path.name, data, [], scratch)
        if len(sample.texts) == 1:
            lines = st.read_corpus(path).articles[0].paragraphs
            words = [p.split() for p in lines if len(p.split()) > 8]
            first, last = (" ".join(words[0][:3]), " ".join(words[-1][-3:])) if words else ("", "")
            a, b = data.find(first.encode()), data.rfind(last.encode())
            if words and 0 <= a < b:
                stretch = data[a : b + len(last.encode()) + _BEHIND]
                yield sample._replace(stretches=[stretch], texts=["\n".join(lines)])


def _pairs(starts, end):
    return zip(starts, [*starts[1:], end], strict=True)


def _tail(last, end):
    found = re.search(end, last) if end else None
    return last[found.end() :] if found else b""


def _stretch(data, a, b, end):
    found = re.compile(end).search(data, a, b) if end else None
    return data[a : found.end()] if found else data[a : min(len(data), b + 20)]


def _sample(name, data, stretches, scratch):
    path = Path(scratch, name)
    path.write_bytes(data)
    texts = [document.raw for document in Source(path, _without_ids(path)).documents()]
    if stretches and len(stretches) != len(texts):
        raise SystemExit(f"{name}: {len(stretches)} articles by its marks, {len(texts)} read")
    return Sample(name, data, stretches, texts)


def _without_ids(path):
    """Return what says that the ids of FIGNEWS are of posts that several people read."""
    return {"article_id": None} if path.suffix == ".tsv" else None


def own_grams(texts):
    """Return the stretches of words of each text that no other has."""
    grams = [set(zip(*(t.split()[n:] for n in range(_GRAM)), strict=False)) for t in texts]
    seen = Counter(gram for held in grams for gram in held)
    return [{gram for gram in held if seen[gram] == 1} for held in grams]


def read(path, is_page):
    """Return the texts, which of them are flagged, and what was said; a page gives its paragraphs."""
    try:
        source = Source(path, _without_ids(path))
        if is_page:
            corpus = st.read_corpus(path)
            return ["\n".join(a.paragraphs) for a in corpus], set(), " ".join(corpus.notes)
        documents = list(source)
        told = {d.raw for d in documents if d.flags}
        return [d.raw for d in documents], told, " ".join([*source.notes, *source.skips()])
    except SyriaTopicsError as error:
        return [], set(), str(error)


def is_read(wanted, texts, is_page):
    if not is_page:
        return wanted in texts
    words = Counter(wanted.split())
    return any(
        not words - Counter(t.split()) and len(t.split()) <= 1.05 * words.total() + 5 for t in texts
    )


def merged(texts, grams):
    for text in texts:
        held = set(zip(*(text.split()[n:] for n in range(_GRAM)), strict=False))
        parts = [len(held & own) >= max(5, min(_SIGN, len(own) / 2)) for own in grams]
        if sum(parts) > 1:
            yield text


def damage(samples, n, seed, scratch, is_page):
    """Damage the samples in turn, `n` times in all; return a row for each, and what was wrong."""
    draw = random.Random(seed)
    count, wrong = {s.name: Counter() for s in samples}, []
    grams = {s.name: own_grams(s.texts) for s in samples}
    for number in range(n):
        sample = samples[number % len(samples)]
        (data,) = mutations(sample.data, 1, draw.randrange(2**32))
        path = Path(scratch, f"{number}-{sample.name}")
        path.write_bytes(data)
        found = count[sample.name]
        found["files"] += 1
        try:
            texts, told, said = read(path, is_page)
        except Exception as error:
            found["thrown"] += 1
            wrong.append((number, sample.name, f"{type(error).__name__}: {error}"))
            continue
        finally:
            path.unlink()
        if not texts and not said:
            found["silent"] += 1
            wrong.append((number, sample.name, "silent"))
        for text in merged(texts, grams[sample.name]):
            kind = "told" if text in told else "merged"
            found[kind] += 1
            wrong.append((number, sample.name, f"{kind}: {text[:80]!r}"))
        intact = [k for k, held in enumerate(sample.stretches) if data.count(held) == 1]
        lost = [k for k in intact if not is_read(sample.texts[k], texts, is_page)]
        found["intact"] += len(intact)
        found["read"] += len(intact) - len(lost)
        if lost:
            wrong.append((number, sample.name, f"lost {lost} of {intact}: {said[:150]}"))
    rows = [
        (name, c["files"], c["intact"], c["read"], f"{c['read'] / max(c['intact'], 1):.1%}" if c["intact"] else "",
         c["merged"], c["told"], c["silent"], c["thrown"])
        for name, c in count.items()
    ]  # fmt: skip
    total = sum(count.values(), Counter())
    rows.append((
        "all", total["files"], total["intact"], total["read"],
        f"{total['read'] / max(total['intact'], 1):.1%}", total["merged"], total["told"], total["silent"], total["thrown"],
    ))  # fmt: skip
    return rows, wrong


def main():
    if folder() is None:
        return f"# Damage\n\n{__doc__}\nNo folder of real data was given.\n"
    seed, n = int(os.environ.get("MUTATION_SEED", "2032")), int(os.environ.get("MUTATIONS", "1000"))
    header = ("file", "damaged", "intact", "read", "share", "merged", "told", "silent", "thrown")
    report = f"# Damage\n\n{__doc__}\nsyriatopics {st.__version__}, seed {seed}.\n"
    start = time.process_time()
    with tempfile.TemporaryDirectory() as scratch:
        every = (
            ("Exports", list(exports(Path(folder(), "exports"), scratch)), False),
            ("Pages", list(pages(Path(folder(), "html"), scratch)), True),
        )
        for title, samples, is_page in every:
            rows, wrong = damage(samples, n, seed, scratch, is_page)
            report += f"\n## {title}\n\n{table(header, rows)}\n"
            if os.environ.get("MUTATIONS_SHOWN"):
                for line in wrong:
                    print(*line)
    used = time.process_time() - start
    return report + (
        f"\n{used:,.0f} processor seconds. Made by `python -m benchmarks --data FOLDER corpus_mutations`.\n"
    )
