"""Notes below Arabic figures are Arabic."""

import re

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.plots.notes import in_arabic

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
