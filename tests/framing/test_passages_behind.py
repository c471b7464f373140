"""From a share to the passages behind it."""

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError


@pytest.fixture(scope="module")
def passages():
    return st.load_seeds().passages()


def test_passages_behind_a_label_hold_it(passages):
    named = st.naming(passages, production="all")
    found = named.passages("syrian_state", "regime", voice="own", n=3)
    mentions = named.mentions
    for passage_id in found.table["passage_id"]:
        inside = mentions[mentions["passage_id"] == passage_id]
        assert ((inside["label"] == "regime") & (inside["voice"] == "own")).any()
    only = named.passages("syrian_state", outlet="noonpost", n=50)
    assert set(only.table["outlet"]) == {"noonpost"}
    with pytest.raises(InputError, match="never named"):
        named.passages("atlantis")


def test_passages_behind_a_voice_come_loudest_first(passages):
    shares = st.quotations(passages).shares()
    found = shares.passages("russia", n=4)
    said = shares.spoken[shares.spoken["voice"] == "russia"].groupby("passage_id")["n_words"].sum()
    words = [said[passage_id] for passage_id in found.table["passage_id"]]
    assert words == sorted(words, reverse=True)
    assert words[0] == said.max()
    with pytest.raises(InputError, match="No words of 'mars'"):
        shares.passages("mars")


def test_the_heaviest_passages(passages):
    ids = passages.table["passage_id"]
    weights = {ids[4]: 2.0, ids[1]: 5.0, ids[7]: 0.0, ids[3]: 2.0}
    most = passages.most(pd.Series(weights), n=3)
    assert list(most.table["passage_id"]) == [ids[1], ids[3], ids[4]]
