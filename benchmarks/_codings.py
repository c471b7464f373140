"""Codings of coders, in files of JSON lines beside the texts: scored, or written down as places without text.

``python -m benchmarks._codings FOLDER`` says how far the instruments agree with them and every kind of error;
``python -m benchmarks._codings FOLDER SET`` prints rows for ``data/framing_new.csv``.
"""

import csv
import json
import sys
from pathlib import Path

from benchmarks._data import table

# What coders of such files were asked for, in the words of `_agreement.LABELS`; the label "other" is any of the referent.
LABELS = {"authorities": "authority", "terrorists": "terrorist"}
# Referents that these coders were told to leave out: named jihadists, and the capital or the country as an actor.
LEFT_OUT = ("isis", "nusra_hts", "damascus_metonym")


def _lines(file):
    return [
        json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def _place(text, part, nth=1):
    """Return where the n-th occurrence of a string begins, -1 where there is none."""
    at = -1
    for _ in range(nth):
        at = text.find(part, at + 1)
        if at < 0:
            break
    return at


def _span(text, coded, what):
    start = _place(text, coded[what], coded.get("nth", 1))
    span = {"start": start, "end": start + len(coded[what]), "text": coded[what]}
    return {**coded, **span, "optional": bool(coded.get("optional"))}


def _row(article, coding):
    text, paras, at = article["text"], [], 0
    for number, line in enumerate(text.split("\n")):
        themes = coding["themes"].get(str(number), [])
        paras.append({"start": at, "end": at + len(line), "themes": themes})
        at += len(line) + 1
    naming = [_span(text, name, "surface") for name in coding["naming"]]
    for name in naming:
        labels = [name["label"]] if isinstance(name["label"], str) else name["label"]
        name["label"] = [LABELS.get(label, label) for label in labels]
    said = {
        kind: [_span(text, one, "text") for one in coding[kind]] for kind in ("quotes", "reported")
    }
    known = {
        "id": article["id"],
        "outlet": article["outlet"],
        "date": article["date"][:10],
        "text": text,
    }
    lists = {**said, "naming": naming}
    kept = {
        kind: sorted((s for s in spans if s["start"] >= 0), key=lambda s: s["start"])
        for kind, spans in lists.items()
    }
    return {
        **known,
        "paras": [p for p in paras if p["end"] > p["start"]],
        **kept,
        "left_out": LEFT_OUT,
    }


def rows_in(folder):
    """Return the coded articles of a folder: texts in ``texts*.jsonl``, codings in the other files."""
    files = sorted(Path(folder).glob("*.jsonl"))
    texts = {
        one["id"]: one for file in files if file.name.startswith("texts") for one in _lines(file)
    }
    codings = [one for file in files if not file.name.startswith("texts") for one in _lines(file)]
    return [_row(texts[coding["id"]], coding) for coding in codings]


def places(rows, name):
    """Yield the codings of articles without their texts, as rows of ``data/framing_new.csv``."""
    for row in rows:
        for part in row["paras"]:
            yield (
                name,
                row["id"],
                "passage",
                part["start"],
                part["end"],
                "",
                "",
                "",
                "",
                " ".join(part["themes"]),
            )
        for kind, voice in (("quotes", "quoted"), ("reported", "reported")):
            for said in row[kind]:
                who = said["speaker"], said["resolved"], int(said["optional"])
                yield name, row["id"], "statement", said["start"], said["end"], voice, *who, ""
        for named in row["naming"]:
            what = named["voice"], named["ref"], " ".join(named["label"]), int(named["optional"])
            yield name, row["id"], "name", named["start"], named["end"], *what, ""


def _scored(rows):
    from benchmarks import framing_gold

    pairs = framing_gold.measured(rows)
    parts = [framing_gold.figures(pairs)]
    for of, names in (("statements", False), ("names", True)):
        parts.append(table((f"kind of error: {of}", "n"), framing_gold.errors(pairs[of], names)))
    return "\n\n".join(parts)


if __name__ == "__main__":
    coded = rows_in(sys.argv[1])
    if len(sys.argv) > 2:
        csv.writer(sys.stdout, lineterminator="\n").writerows(places(coded, sys.argv[2]))
    else:
        print(f"{len(coded)} articles\n\n{_scored(coded)}")
