"""Pseudonyms: one for each name and key, none that tells the name, and no name left."""

import os
import stat

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.corpus.pseudonyms import Pseudonyms, pseudonym_key
from syriatopics.errors import InputError

NAMES = ["سلمى القاسم", "أحمد عبد الله الشامي", "Lina Haddad", "رامي", "ع. ص."]
arabic = some.text("ابتسلمىقدو ـَّ", min_size=1, max_size=12)


@pytest.fixture
def hidden():
    return Pseudonyms(b"k" * 32, NAMES)


@pytest.mark.parametrize(
    "text",
    ["سلمى القاسم", "قالت سلمى القاسم:", "وسلمى القاسم", "سَلمى القاسِم", "سلمي القاسم", "سلمى  القاســم", "«سلمى القاسم»"],
)  # fmt: skip
def test_a_name_is_hidden_however_it_is_spelt(hidden, text):
    told = hidden.hide(text)
    assert hidden.of("سلمى القاسم") in told
    assert "قاسم" not in told


def test_words_that_are_no_names_stay(hidden):
    for text in ("سلمى وحدها", "رامي السهام", "القاسم المشترك", "=1+1", "", "2021-07-01"):
        assert hidden.hide(text) == text
    assert hidden.hide("رامي") == hidden.of("رامي")


def test_the_longer_name_goes_first():
    hidden = Pseudonyms(b"k", ["أحمد عبد", "أحمد عبد الله الشامي"])
    assert hidden.hide("أحمد عبد الله الشامي قال") == f"{hidden.of('أحمد عبد الله الشامي')} قال"


@given(some.lists(arabic, max_size=4), arabic)
def test_hiding_twice_hides_no_more(names, text):
    hidden = Pseudonyms(b"k", names)
    assert hidden.hide(hidden.hide(text)) == hidden.hide(text)


def test_another_key_gives_other_pseudonyms_and_numbers_stay(hidden):
    other = Pseudonyms(b"j" * 32, NAMES)
    assert {other.of(n) for n in NAMES}.isdisjoint(hidden.of(n) for n in NAMES)
    assert len({hidden.of(n) for n in NAMES}) == len(NAMES)
    table = pd.DataFrame(
        {
            "author": ["Lina Haddad", None],
            "n": [1.5, 2.0],
            "day": pd.to_datetime(["2021-01-01", None]),
        }
    )
    told = hidden.table(table)
    assert told["author"].iloc[0] == hidden.of("Lina Haddad") and told["author"].isna().iloc[1]
    pd.testing.assert_frame_equal(told[["n", "day"]], table[["n", "day"]])


def test_the_key_is_drawn_once_for_the_user_alone(tmp_path):
    file = tmp_path / "key"
    held = pseudonym_key(file)
    assert pseudonym_key(file) == held and len(held) == 32
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"short", b"\xff\xfe", b"0" * 63, b"0" * 200_000])
def test_what_is_no_key_is_refused_and_kept(tmp_path, content):
    file = tmp_path / "key"
    file.write_bytes(content)
    with pytest.raises(InputError, match="holds no key"):
        pseudonym_key(file)
    assert file.read_bytes() == content
    with pytest.raises(InputError, match="no key can be kept there"):
        pseudonym_key(tmp_path / "no" / "such" / "folder")
