"""Damage exports and pages, and read them: right articles or a named skip, and nothing merged.

    python tests/drivers/mutations.py --n 1000 --seed 15

Each article of a sample carries a word of its own, so that it is known which articles a
reading gives, and which two it gives as one. An article is intact where the bytes that hold it
are still there as they were; in what is packed as one stream only what stands before the damage is.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import syriatopics as st
from syriatopics.corpus.parse.plausible import LENGTH, PARTS
from syriatopics.errors import SyriaTopicsError
from syriatopics.testing import mutations

_spec = importlib.util.spec_from_file_location(
    "made", Path(__file__).parents[1] / "corpus" / "read" / "formats" / "made.py"
)
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)

# Words that no other article and no frame holds.
MARKS = ("الياسمين", "الصنوبر", "الزيتون")
_PACKED = (".gz", ".bz2", ".xlsx", ".parquet", ".docx", ".odt", ".zip", ".wacz", ".epub", ".rtf")


def samples():
    """Yield ``(name, bytes)`` with the mark of each article in its text."""
    made.TEXTS = tuple(
        f"{text[:-1]} قرب {mark}." for text, mark in zip(made.TEXTS, MARKS, strict=True)
    )
    for _, name, content, n, _ in made.samples(None):
        if n > 1:
            yield name, content if isinstance(content, bytes) else content.encode()


def read(path):
    """Return the texts of the articles, those that are flagged as perhaps two, and what was said."""
    try:
        corpus = st.read_corpus(path)
    except SyriaTopicsError as error:
        return [], [], str(error)
    told = [a.raw for a in corpus if any(flag.kind in (LENGTH, PARTS) for flag in a.flags)]
    return [a.raw for a in corpus], told, " ".join(corpus.notes)


def stretches(data):
    """Return the bytes of each article: from some signs before its title to some behind its text."""
    found = {}
    for mark, title in zip(MARKS, made.TITLES, strict=True):
        first, last = data.find(mark.encode()), data.rfind(mark.encode())
        if first >= 0:
            start = data.rfind(title.encode(), 0, first)
            found[mark] = data[max(0, (start if start >= 0 else first - 200) - 60) : last + 120]
    return found


def stayed(data, damaged):
    """Return the marks that are there, if no title or text was carried to another place.

    What is left of titles and marks is then a part of what was there, in the same order.
    """
    before = iter(order_of(data))
    if all(any(other == name for other in before) for name in order_of(damaged)):
        return [mark for mark in MARKS if mark.encode() in damaged]
    return []


def order_of(data):
    """Return the titles and marks of some bytes in the order in which they stand."""
    names = re.compile(b"|".join(name.encode() for name in (*MARKS, *made.TITLES)))
    return [found.group() for found in names.finditer(data)]


def faults_of(texts, told, said, own):
    """Yield what is wrong with a reading, whatever was damaged.

    A mark that the damage itself carried into another article (`own` lacks it) merges nothing.
    """
    if any(sum(mark in text for mark in own) > 1 for text in texts if text not in told):
        yield "merged"
    if not texts and not said:
        yield "silent"
    if any(len(sentence) > 500 for sentence in said.split(". ")):
        yield "long message"


def run(n, seed, tell=print, only=""):
    """Read `n` damaged files, of kinds that end with `only`; return the faults, and how many intact articles were met and read."""
    every = [sample for sample in samples() if sample[0].endswith(only)]
    draw = random.Random(seed)
    faults, met, got, kinds = [], Counter(), Counter(), Counter()
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(n):
            name, data = every[number % len(every)]
            (damaged,) = mutations(data, 1, draw.randrange(2**32))
            path = Path(scratch, f"{number}-{name}")
            path.write_bytes(damaged)
            kind = "".join(Path(name).suffixes)
            try:
                texts, told, said = read(path)
            except Exception as error:
                faults.append((number, name, f"{type(error).__name__}: {error}"))
                continue
            finally:
                path.unlink()
            kinds["articles" if texts else "skip"] += 1
            kinds["perhaps two, and told"] += bool(told)
            whole = stretches(data)
            own = stayed(data, damaged)
            faults += [(number, name, fault) for fault in faults_of(texts, told, said, own)]
            if name.endswith(_PACKED):
                continue
            for mark, held in whole.items():
                if held in damaged:
                    met[kind] += 1
                    got[kind] += any(mark in text for text in texts)
    tell(f"{n} damaged files, seed {seed}: {len(faults)} faults; {dict(kinds)}")
    return faults, met, got


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--only", default="", help="Samples whose name ends so: .warc")
    asked = parser.parse_args()
    start = time.process_time()
    faults, met, got = run(asked.n, asked.seed, only=asked.only)
    for fault in faults[:40]:
        print(*fault)
    for kind in sorted(met):
        print(f"{kind:12} intact {met[kind]:5}  read {got[kind] / met[kind]:.1%}")
    share = got.total() / max(met.total(), 1)
    print(f"intact articles {met.total():,}, read {share:.1%}; {time.process_time() - start:.0f} s")
    sys.exit(bool(faults) or share < 0.9)


if __name__ == "__main__":
    main()
