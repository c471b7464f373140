"""The themes of the hinge on passages written after it: recognition, normalization with Israel, normalization.

Passages of Arabic news from 12 December 2024 to 28 February 2026, the first paragraphs of public pages that were
found by looking for embassies, summits, the lists of terror, talks with Israel, the Abraham accords and the fighting
in Suwayda. A language model coded them by the codebook before anything was run on them, once. Their text is not
here: benchmarks/data/framing_hinge.csv holds addresses, days and codes, and knows a passage by its hash; who has the
pages puts one `{"text": …}` a line into hinge_2025.jsonl in the folder of corpora. Entries were written on one half
of the pages, drawn by the hash of the address; the other half was read by nobody who wrote them. Figures are of
agreement with that coding. They flatter: pages were sought by their matter, so that passages on other matters are
too few to show how often a theme is found where it is not. Intervals: percentiles of 2,000 draws of pages.
"""

import csv
import hashlib
import json
from pathlib import Path

import numpy as np

from benchmarks._data import folder, table
from syriatopics.framing.themes import compiled

CODES = Path(__file__).parent / "data" / "framing_hinge.csv"
THEMES = ("recognition", "normalization_israel", "normalization")
DRAWS, SEED = 2000, 20261130


def name_of(text):
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def is_kept(address):
    """Say whether the page is of the half on which no entry was written."""
    return int(hashlib.sha256(address.encode()).hexdigest(), 16) % 2 == 1


def passages():
    """Return the coded passages whose text is at hand, and how many are coded."""
    with CODES.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    file = folder() / "hinge_2025.jsonl" if folder() is not None else None
    if file is None or not file.is_file():
        return [], len(rows)
    texts = [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()]
    known = {name_of(text): text for text in texts}
    return [{**row, "text": known[row["hash"]]} for row in rows if row["hash"] in known], len(rows)


def measured(said, true, pages):
    """Return precision, recall and F1 with their intervals by page."""
    cells = np.stack([said & true, said & ~true, ~said & true], axis=1).astype(float)
    _, index = np.unique(pages, return_inverse=True)
    sums = np.zeros((index.max() + 1, 3))
    np.add.at(sums, index, cells)
    chance = np.full(len(sums), 1 / len(sums))
    draws = np.random.default_rng(SEED).multinomial(len(sums), chance, DRAWS) @ sums
    return [
        figure(of(sums.sum(axis=0)), of(draws))
        for of in (
            lambda c: c[..., 0] / (c[..., 0] + c[..., 1]),
            lambda c: c[..., 0] / (c[..., 0] + c[..., 2]),
            lambda c: 2 * c[..., 0] / (2 * c[..., 0] + c[..., 1] + c[..., 2]),
        )
    ]


def figure(value, draws):
    if np.isnan(value):
        return "–"
    low, high = np.nanquantile(draws, [0.025, 0.975])
    return f"{value:.2f} [{low:.2f}, {high:.2f}]"


def main():
    parts = ["# The hinge", "`python -m benchmarks --data FOLDER framing_hinge`", __doc__.strip()]
    found, coded = passages()
    if not found:
        return "\n\n".join([*parts, f"Of {coded} coded passages no text is there."]) + "\n"
    lexicon = compiled(None)
    place = [lexicon.themes.ids.index(theme) for theme in THEMES]
    days = np.array([row["day"] for row in found], dtype="datetime64[D]")
    pages = np.array([row["at"] for row in found])
    kept = np.array([is_kept(page) for page in pages])
    rows = []
    with np.errstate(invalid="ignore", divide="ignore"):
        for how, when in (("day known", days), ("no day", None)):
            scores = lexicon.scores([row["text"] for row in found], when)[:, place] >= 0.5
            for k, theme in enumerate(THEMES):
                true = np.array([theme in row["codes"].split() for row in found])
                for half, chosen in (("kept", kept), ("written on", ~kept)):
                    said, coded_so = scores[chosen, k], true[chosen]
                    figures = measured(said, coded_so, pages[chosen])
                    rows.append((how, half, theme, int(coded_so.sum()), int(said.sum()), *figures))
    head = ("the passage", "pages", "theme", "coded", "said", "precision", "recall", "F1")
    parts += [
        f"{len(found)} of {coded} coded passages, {len(set(pages))} pages, {kept.sum()} passages kept.",
        table(head, rows),
    ]
    return "\n\n".join(parts) + "\n"
