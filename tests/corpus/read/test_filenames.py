import pytest

import syriatopics as st
from syriatopics.corpus.parse.publishers import load_publishers
from syriatopics.corpus.read.filenames import guess_pattern, read_pattern
from syriatopics.errors import InputError

TEXT = "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات وصلت إلى المخيمات."


def guess(*names):
    return guess_pattern(names, lambda name: load_publishers().outlet_named(name) is not None)


@pytest.mark.parametrize(
    ("names", "pattern"),
    [
        (["BBC_2018-07-23.txt"], "{outlet}_{date}"),
        (["BBC_2018-07-23.txt", "CNN_2018-07-24.txt", "BBC_2018-07-25_2.txt"], "{outlet}_{date}*"),
        (["enabbaladi/2016/2016-04-28_1.txt", "noonpost/2017/2017-05-02_7.txt"], "{outlet}/*/{date}_*"),
        (["20160428_enabbaladi_12.txt", "20160429_noonpost_13.txt"], "{date}_{outlet}_*"),
        (["عنب بلدي 2016-04-28.txt", "نون بوست 2016-04-29.txt"], "{outlet} {date}"),
        (["enabbaladi-2016-04-28.txt", "noonpost-2016-04-30.txt"], "{outlet}-{date}"),
        (["A1 01-02-2016.txt", "B2 02-02-2016.txt"], "* {date}"),
        (["Alpha_01-02-2016.txt", "Alpha_02-02-2016.txt", "Beta_02-02-2016.txt", "Beta_03-02-2016.txt"],
         "{outlet}_{date}"),
    ],
)  # fmt: skip
def test_a_pattern_is_guessed_from_all_names(names, pattern):
    found = guess(*names)
    assert found is not None
    assert found.text == pattern
    assert all(found.read(name) for name in names)


@pytest.mark.parametrize(
    "names",
    [
        ["a.txt", "b.txt"],
        ["004_65c10b78bedbdfb0.txt", "005_aabbccddeeff0011.txt"],
        ["2016/a.txt", "2016/b.txt"],
        ["خبر 1.txt", "خبر 2.txt"],
        ["x_2016-13-45.txt", "y_2016-99-01.txt"],
        [],
    ],
)
def test_names_that_mean_nothing_are_not_read(names):
    assert guess(*names) is None


def test_what_names_say_is_said_and_can_be_given(tmp_path):
    for name in ("BBC_2018-07-23.txt", "CNN_2018-07-24.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    corpus = st.read_corpus(tmp_path)
    assert corpus.outlets == ["bbc_arabic", "cnn_arabic"]
    assert [str(a.date_printed)[:10] for a in corpus] == ["2018-07-23", "2018-07-24"]
    assert any("names of files are read as {outlet}_{date}" in note for note in corpus.notes)
    given = st.read_corpus(tmp_path, filenames="{outlet}_*")
    assert [a.date_printed for a in given] == [None, None]
    assert [a.outlet for a in st.read_corpus(tmp_path, filenames="*")] == [None, None]


@pytest.mark.parametrize("text", ["{journal}_{date}", "x", "{date}_{date}"])
def test_a_pattern_that_names_no_field_is_refused(text):
    with pytest.raises(InputError, match="filenames="):
        read_pattern(text)


def test_a_name_of_signs_takes_no_time():
    pattern = read_pattern("{outlet}_{date}_{title}")
    assert pattern.read("_" * 3000 + ".txt") == {}
    assert guess("_-" * 2000 + ".txt") is None


def test_names_with_outlet_and_day_are_read_among_others():
    found = guess("BBC_2018-07-23.txt", "notes.txt", "draft of mine.txt")
    assert found.text == "{outlet}_{date}"
    assert guess("Report_2018-07-23.txt", "notes.txt", "draft of mine.txt") is None
