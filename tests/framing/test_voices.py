import sys
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from gold.scoring import score_voices
from hypothesis import given
from hypothesis import strategies as some
from making import make

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.framing.voices.finder import find_pieces
from syriatopics.framing.voices.marks import find_marks
from syriatopics.framing.voices.reading import Reading
from syriatopics.framing.voices.speakers import Speakers
from syriatopics.lexicons import load
from syriatopics.matrix import _as_passages


@pytest.fixture(scope="module")
def said(passages):
    return st.quotations(passages)


def test_seeds_against_the_coder(said, passages):
    figures = score_voices(passages.table, said.table)
    assert figures["precision"] >= 0.9 and figures["recall"] >= 0.85
    assert figures["precision with speaker"] >= 0.9 and figures["recall with speaker"] >= 0.85
    assert figures["direct"] >= 0.9 and figures["stance"] >= 0.9


def test_offsets_hold_the_quotation(said, passages):
    texts = passages.table.set_index("passage_id")["text"]
    for row in said.table.itertuples():
        assert texts[row.passage_id][row.start : row.end] == row.quote


@pytest.mark.parametrize(
    ("text", "speaker", "direct", "stance"),
    [
        ("وقال وزير الخارجية الروسي سيرغي لافروف إن الحرب انتهت هناك", "سيرغي لافروف", False, "neutral"),
        ('وقالت هايلي: "لن نسمح بهذا الأمر مرة أخرى أبدا"', "نيكي هايلي", True, "neutral"),
        ("وزعم لافروف أن الهجوم لم يقع في المدينة", "سيرغي لافروف", False, "distancing"),
        ("وأكد ترامب أن القوات ستنسحب من البلاد قريبا", "دونالد ترامب", False, "endorsing"),
        ("قتل عشرة مدنيين في الغارة، بحسب المرصد السوري لحقوق الإنسان", "المرصد السوري لحقوق الإنسان", False, "neutral"),
        ('وقال ترامب: "لن نسمح بهذا الأمر مرة أخرى أبدا', "دونالد ترامب", True, "neutral"),
    ],
)  # fmt: skip
def test_quotations(text, speaker, direct, stance):
    row = st.quotations(make(text)).table.iloc[0]
    assert (row["speaker_resolved"], row["direct"], row["stance"]) == (speaker, direct, stance)


def test_a_verb_alone_goes_back_to_the_last_speaker():
    text = "وقال لافروف إن الحرب انتهت. وأضاف أن السلام قريب من الجميع."
    assert st.quotations(make(text)).table["speaker_resolved"].tolist() == ["سيرغي لافروف"] * 2


def test_offices_go_by_the_day():
    text = "وقال الرئيس الأمريكي إن القوات ستبقى في البلاد"
    for date, who in (("2015-05-01", "باراك أوباما"), ("2018-05-01", "دونالد ترامب")):
        assert st.quotations(make(text, date=date)).table["speaker_resolved"].tolist() == [who]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("وقال مصدر عسكري إن القوات انسحبت من المدينة", "unnamed"),
        ("وقال ناشطون إن القصف استمر طوال الليل", "unnamed"),
        ("وقال بعض المسؤولين إن الخطة تغيرت كثيرا", "unnamed"),
        ("وقال ترامب إن القوات انسحبت من المدينة", "named"),
        ("وقالت وزارة الدفاع الروسية إن القوات انسحبت", "named"),
    ],
)
def test_unnamed_sources(text, source):
    assert st.quotations(make(text)).table["source"].tolist() == [source]


def test_shares_of_words(said):
    shares = said.shares(production="all")
    assert shares.table.groupby("outlet")["share"].sum().round(9).eq(1).all()
    assert shares.table["low"].isna().all()
    assert (shares.table.groupby("outlet")["n_words"].sum().sum()) == said.words.sum()


@pytest.mark.parametrize("before", ["", "قال الوزير إن القوات انسحبت ", "نقلت الوكالة عن "])
@pytest.mark.parametrize("behind", ["", " لما"])
def test_any_cue_can_end_a_passage(before, behind):
    """A passage that was cut behind بزعم ended the reading of all others."""
    forms = {form for cue in load("cues").cue for form in cue.forms}
    texts = [f"{before}{form}{behind}" for form in sorted(forms)]
    assert len(texts) > 1000
    assert (st.quotations(Passages(_as_passages(texts).table)).table["end"] > 0).all()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "وأكد الأردن أنه لن يفتح حدوده أمام الفارين من المعارك حسب تصريحات المسؤولين الأردنيين.",
            {"الأردن": 12},
        ),
        (
            'وقال شويغو: "يقترح فتح ممرات إنسانية مماثلة في المنطقة كلها،" وفق ما نقلته "سبوتنيك" أيضا.',
            {"شويغو": 8},
        ),
    ],
)
def test_words_that_two_quotations_share_count_once(text, words):
    said = st.quotations(make(text))
    outer = said.table[~said.table["nested"]]
    assert outer["n_words"].sum() == said.spoken.sum().sum() <= said.words.sum()
    assert (said.shares(production="all").table["share"] >= 0).all()
    for speaker, n in words.items():
        assert outer.loc[outer["speaker"].eq(speaker), "n_words"].tolist() == [n]


def many(n, outlet, speakers, seed=0):
    rng = np.random.default_rng(seed)
    return [
        (
            f"{outlet}{k:03d}",
            outlet,
            f"وصل الوفد إلى المدينة أمس. وقال {rng.choice(speakers)} إن الحرب انتهت هناك",
        )
        for k in range(n)
    ]


def test_diversity_tells_one_voice_from_many():
    rows = many(40, "one", ["ترامب"]) + many(40, "many", ["ترامب", "لافروف", "ماكرون", "أردوغان"])
    shares = st.quotations(make(*rows)).shares()
    table = shares.diversity.set_index("outlet")
    assert table.loc["one", "speakers"] == pytest.approx(1)
    assert 3 < table.loc["many", "speakers"] < 5
    assert table.loc["many", "low"] <= 2 <= table.loc["many", "high"] + 0.1
    own = shares.table[shares.table["voice"] == "own voice"]
    assert own["low"].notna().all() and (own["low"] < own["share"]).all()


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("قال الوزير »لن نتراجع« وأضاف أنه سيعود.", ["لن نتراجع"]),
        ("وقال: »نعم«، ثم »لا«.", ["نعم", "لا"]),
        ("قال « نعم »وذهب ثم «لا» وعاد", [" نعم ", "لا"]),
        ("قال نعم» ثم «لا» وذهب", ["لا"]),
    ],
)
def test_a_pair_the_wrong_way_round_is_a_pair(text, quoted):
    assert [text[mark.first : mark.last] for mark in find_marks(text).spans] == quoted


def test_nobody_is_quoted():
    result = st.quotations(make("وصل الوفد إلى المدينة أمس"))
    assert result.table.empty
    shares = result.shares()
    assert shares.table["voice"].tolist() == ["own voice"]
    assert shares.diversity["note"].tolist() == ["nobody is quoted"]


def test_split_parts_own_words_from_quoted_ones(said, passages):
    parts = said.split().table
    assert set(parts["voice"]) == {"own", "quoted"}
    keyed = st.keyness(st.count_terms(said.split()), "quoted", "own", by="voice")
    assert {"قال", "إن"} & set(keyed.table["display"]) or len(keyed.table)
    assert len(said.quoted()) == len(passages)


def test_shares_of_what_is_not_known(said):
    with pytest.raises(InputError, match="told apart by 'colour'"):
        said.shares(of="colour")


@given(some.text(alphabet='قال إن «»“”"‘’:،. \nنعم', max_size=80))
def test_marks_never_overlap_nor_leave_the_text(text):
    spans = find_marks(text).spans
    for mark in spans:
        assert 0 <= mark.start < mark.first <= mark.last <= mark.end <= len(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(some.text(alphabet='وقال لافروف إن أن «»":،. \nبحسب مصدر', max_size=120))
def test_any_text_is_read(text):
    table = st.quotations(make(text)).table
    for row in table.itertuples():
        assert text[row.start : row.end] == row.quote
    assert isinstance(table, pd.DataFrame)


def calls(text):
    """Count what is called while a passage is heard: the same on every machine."""
    reading, counted = Reading(text), 0

    def count(*_):
        nonlocal counted
        counted += 1

    sys.setprofile(count)
    try:
        find_pieces(reading, Speakers())
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    ("repeated", "words"),
    [
        ("قال الوزير إن ", 3), ("قال الوزير، مؤكدا أن ", 4), ("قال الوزير إن الوضع صعب. ", 5),
        ("«لن نتراجع»، قال فلان، ", 4), ("«قال» ", 1), ("، ولكن قال ", 2), ("مؤكدا ", 1), ("أن ", 1),
        ("، بحسب مصدر، ", 2), ("«لن نتراجع عن هذا القرار اليوم». ", 6), ("بشار الأسد ", 2),
        ("« ", 1), ("قال الوزير إن الوضع صعب» ", 5), ("\ud83d »ا ", 1), ("قالت الوزيرة إن مؤكدا ", 4), ("قال\x001 ", 1),
    ],
)  # fmt: skip
def test_work_grows_with_the_length_of_a_passage(repeated, words):
    times = 600 // words
    find_pieces(Reading(repeated * times), Speakers())  # what is remembered of words is known now
    assert calls(repeated * 2 * times) < 2.4 * calls(repeated * times)
