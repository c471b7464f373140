"""Notes below Arabic figures are Arabic."""

import json
import re
import time
import tomllib
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.plots.notes import in_arabic, told

ROOT = Path(__file__).resolve().parents[2]
LATIN = re.compile("[A-Za-z]{2}")


def test_every_caveat_of_a_corpus_is_known(seeds):
    said = in_arabic(" ".join(seeds.caveats))
    assert len(seeds.caveats) >= 3
    assert "manifest" not in said


@pytest.mark.parametrize("blocks", ["auto", "article", "week"])
def test_what_is_independent_is_said_in_arabic(scores, blocks):
    notes = st.prevalence(scores, production="all", blocks=blocks).notes
    said = in_arabic(" ".join(note for note in notes if note.startswith("Blocks")))
    assert "مستقلا" in said
    assert not LATIN.search(said)


def test_what_is_not_known_is_named_and_not_shown():
    said = in_arabic(
        "Lines at .667 and .8. A sentence that nobody has put into Arabic. Pale bars: not significant, or not tested."
    )
    assert LATIN.findall(said) == LATIN.findall("manifest.json")
    assert said.index("خطان") < said.index("الباهتة") < said.index("manifest")
    assert in_arabic("") == ""
    # No sentence runs away over a long note.
    assert "manifest" in in_arabic("No text of its own: " + "a. b" * 20_000)


def test_notes_of_the_figures_are_known():
    manifest = json.loads((ROOT / "figures" / "manifest.json").read_text(encoding="utf-8"))
    left = {name: told(record["note"])[1] for name, record in manifest["figures"].items()}
    assert len(left) > 40 and not any(left.values()), left


def test_every_sentence_keeps_what_it_holds():
    held = tomllib.loads(
        files("syriatopics.plots").joinpath("assets/notes.toml").read_text("utf-8")
    )
    aside = {"why", "how"}
    for one in held["sentence"]:
        holes = set(re.findall(r"\{(\w+)\}", one["en"]))
        assert holes - aside == set(re.findall(r"\{(\w+)\}", one["ar"])), one
        assert sum(len(hole) > 1 for hole in holes) <= 3, "each takes a turn for every letter"
        filled = re.sub(r"\{(\w+)\}", lambda hole: "7" if len(hole[1]) == 1 else "x", one["en"])
        said, left = told(filled)
        assert said and not left, filled


def test_notes_in_cells_of_the_figures_are_known():
    cells = set()
    for file in (ROOT / "figures").glob("*.csv"):
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        cells |= set(table.get("note", pd.Series(dtype=str)))
    left = {cell: told(cell)[1] for cell in cells}
    assert len(left) > 10 and not any(left.values()), left
    two = told("7 articles: too few for an interval (from 15); rare: under 20 passages")[0]
    assert two.count("؛") == 1 and not LATIN.search(two)


def test_long_notes_take_no_time():
    began = time.perf_counter()
    for note in (
        "Blocks (auto): " + ", since " * 300 + ".",
        "Claim: more " + " in  than in " * 70 + "!",
        "1" * 5000 + ".",
    ):
        told(note)
    assert time.perf_counter() - began < 1


def test_names_are_put_in_and_lists_are_arabic():
    said, left = told("One outlet alone: 2012Q4 (amad), 2013 (صوت).", {"amad": "أمد"})
    assert said == "مدد فيها ناشر واحد: 2012Q4 (أمد)، 2013 (صوت)." and not left


def test_nothing_coded_is_no_picture_of_corrected_shares():
    from syriatopics.plots import corrected_points
    from syriatopics.plots.style import NOTHING

    table = pd.DataFrame(
        {
            "outlet": ["a"],
            "theme": ["x"],
            "share": [0.2],
            "low": [None],
            "high": [None],
            "naive": [0.2],
            "n_coded": [0],
        }
    )
    assert corrected_points(table).get_gid() == NOTHING
    assert corrected_points(table.assign(n_coded=3)).get_gid() != NOTHING
