"""What an export states of its articles is held against what is there."""

import pytest

import syriatopics as st
from syriatopics.corpus.parse.plausible import LENGTH, PARTS
from syriatopics.corpus.read.exports import lines_of, printed_day, tree_of
from syriatopics.errors import CorpusError

TEXT = "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات الإنسانية وصلت إلى المخيمات. " * 4
N_WORDS = len(TEXT.split())


def article(day, n_words=N_WORDS, number="", text=TEXT):
    number = number or f"ALHA0000201605{day:02d}ec4s0000a"
    head = f"عنوان {day}\n{n_words:,} words\n{day} May 2016\nالحياة\nALHA\nArabic\n(c) 2016"
    return f"\n{head}\n\n{text}\n\nDocument {number}\n"


def flags(folder, content):
    (folder / "f.txt").write_text(content, encoding="utf-8")
    corpus = st.read_corpus(folder / "f.txt")
    told = corpus.flags[corpus.flags["kind"].isin([LENGTH, PARTS])]
    assert all(any(kind in note for note in corpus.notes) for kind in told["kind"])
    return len(corpus), told["kind"].tolist()


def test_what_agrees_is_not_flagged(tmp_path):
    assert flags(tmp_path, article(2) + article(9)) == (2, [])


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_cut_from_one_body_into_the_next_is_told(tmp_path, kept):
    """Head and end are there once each: only the number, and mostly the length, tell of the cut."""
    first, second = article(2), article(9)
    for n in (50, 150, 250):
        a, b = first.index(TEXT[:20]) + n, second.index(TEXT[:20]) + int(kept * len(TEXT))
        n_read, kinds = flags(tmp_path, first[:a] + second[b:] + article(20))
        assert n_read == 2
        assert PARTS in kinds


def test_a_length_that_is_not_as_stated_is_told(tmp_path):
    assert flags(tmp_path, article(2, 3 * N_WORDS) + article(9, N_WORDS // 3)) == (2, [LENGTH] * 2)
    assert flags(tmp_path, article(2, int(1.1 * N_WORDS)) + article(9, 1048)) == (2, [LENGTH])


def test_a_number_that_holds_no_day_says_nothing(tmp_path):
    assert flags(tmp_path, article(2, number="ALHAYA20160428ec4s00001a")) == (1, [])
    assert flags(tmp_path, article(2, number="ALHA000020161399ec4s0000a")) == (1, [])


def test_zeros_in_a_chunk_are_a_loss_and_no_space():
    """A parser drops them, and with them it may be the border of two articles."""
    assert "قال الوزير" in lines_of(tree_of("<p>قال الوزير</p>"))
    with pytest.raises(CorpusError, match="zeros stand in the place of text"):
        tree_of("<p>قال الوزير " + "\0" * 300 + "وأضاف المبعوث</p>")


@pytest.mark.parametrize(
    "day", ["29 آب 2020", "29 آب/أغسطس 2020", "29 أغسطس 2020", "29 أيار/مايو 2020", "12 mai 2016"]
)
def test_a_day_is_found_in_a_line_whatever_its_month(day):
    assert printed_day(f"الحياة، {day}، الصفحة 3") == day
