"""Precision and recall of naming and voices against the hand-coded seed articles."""

import tomllib
from pathlib import Path

import pandas as pd

from syriatopics.arabic import key, variant_table

HERE = Path(__file__).parent
# A quotation is found where it shares so much of its text with what was coded.
OVERLAP = 0.5


def plain(words):
    """Return the keys of words, without marks."""
    fold = variant_table()
    return " ".join(
        fold(key(word)) for word in words.translate(dict.fromkeys(map(ord, '“”"«»'))).split()
    )


def coded_quotations(table):
    """Return the coded quotations, each with its place in the passage."""
    texts = table.set_index("passage_id")["text"]
    rows = tomllib.loads((HERE / "voices.toml").read_text(encoding="utf-8"))["quotation"]
    for row in rows:
        text, (first, _, last) = texts[row["passage"]], row["quote"].partition(" … ")
        start = text.index(first)
        end = text.index(last, start) + len(last) if last else start + len(first)
        yield {**row, "start": start, "end": end, "doubtful": row.get("doubtful", False)}


def _overlap(row, found):
    both = max(0, min(row["end"], found.end) - max(row["start"], found.start))
    return both / (max(row["end"], found.end) - min(row["start"], found.start))


def pair_quotations(table, found):
    """Pair each coded quotation with the one found that fits it best, or None."""
    used, pairs = set(), []
    for row in coded_quotations(table):
        head = plain(row["cue"]).lstrip("وف")[:3]
        fits = []
        for piece in found[found["passage_id"] == row["passage"]].itertuples():
            share = _overlap(row, piece)
            same_cue = plain(piece.cue).lstrip("وف").startswith(head)
            if piece.Index not in used and share >= OVERLAP:
                fits.append((share + 0.3 * same_cue, piece.Index))
        best = max(fits)[1] if fits else None
        used |= {best} - {None}
        pairs.append((row, best))
    return pairs, sorted(set(found.index) - used)


def score_voices(table, found):
    """Return the figures of the voices as a dict."""
    pairs, extra = pair_quotations(table, found)
    sure = [(row, best) for row, best in pairs if not row["doubtful"]]
    hits = [(row, found.loc[best]) for row, best in sure if best is not None]
    precise, complete = len(hits) / (len(hits) + len(extra)), len(hits) / len(sure)
    speaker = sum(plain(f["speaker_resolved"]) == plain(row["resolved"]) for row, f in hits)
    return {
        "coded": len(sure), "found": len(found), "precision": precise, "recall": complete,
        "precision with speaker": speaker / (len(hits) + len(extra)),
        "recall with speaker": speaker / len(sure),
        "speaker": speaker / len(hits),
        "direct": sum(bool(f["direct"]) == row["direct"] for row, f in hits) / len(hits),
        "stance": sum(f["stance"] == row["stance"] for row, f in hits) / len(hits),
    }  # fmt: skip


def coded_mentions():
    return pd.read_csv(HERE / "naming.csv")


def pair_mentions(coded, found, same=("referent", "label")):
    """Pair each coded mention with one found that overlaps it and is of the same kind."""
    used, pairs = set(), []
    for row in coded.itertuples():
        near = found[found["passage_id"] == row.passage_id]
        fits = [
            piece.Index
            for piece in near.itertuples()
            if piece.start < row.end and row.start < piece.end and piece.Index not in used
            and all(getattr(piece, name) == getattr(row, name) for name in same)
        ]  # fmt: skip
        used |= set(fits[:1])
        pairs.append((row.Index, fits[0] if fits else None))
    return pairs


def score_naming(found):
    """Return precision and recall of naming, with the referent, the label and the voice."""
    coded = coded_mentions()
    found = found[found["referent"] != "country_spelling"]
    figures = {"coded": len(coded), "found": len(found)}
    for name, same in (
        ("referent", ("referent",)),
        ("label", ("referent", "label")),
        ("voice", ("referent", "label", "voice")),
    ):
        hits = sum(best is not None for _, best in pair_mentions(coded, found, same))
        figures[f"precision, {name}"] = hits / len(found)
        figures[f"recall, {name}"] = hits / len(coded)
    return figures
