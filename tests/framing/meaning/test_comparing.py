"""Meaning: planted swaps are seen, halves of one outlet are not told apart, homographs are set aside."""

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.matrix import _as_passages

# Two companies of a word: war and talks; and words that stand beside anything.
WAR = ["قصف", "مدينة", "قتلى", "طائرات", "جنود", "معركة", "صواريخ", "حصار"]
TALKS = ["مفاوضات", "جنيف", "دستور", "انتخابات", "وفد", "لجنة", "اتفاق", "حوار"]
BOTH = ["يوم", "منطقة", "بلاد", "سنة", "شمال", "جنوب", "مصدر", "تقرير"]


def made(beside, *, word="المصالحة", n=40, per=2, seed=0):
    """Articles of outlets whose word stands beside words of `beside[outlet]`."""
    rng = np.random.default_rng(seed)
    rows = []
    for outlet, company in beside.items():
        for k in range(n):
            for _ in range(per):
                around = [*rng.choice(company, 4), *rng.choice(BOTH, 4)]
                rng.shuffle(around)
                rows.append(
                    (f"{outlet}{k:03d}", outlet, " ".join([*around[:4], word, *around[4:]]))
                )
    table = _as_passages([text for *_, text in rows]).table
    table["article_id"], table["outlet"] = [r[0] for r in rows], [r[1] for r in rows]
    table["production"] = "own"
    days = pd.Timestamp("2018-01-01") + pd.to_timedelta(rng.integers(0, 300, len(rows)), "D")
    first = pd.Series(days, index=table["article_id"]).groupby(level=0).first()
    table["date"] = first.loc[table["article_id"]].to_numpy().astype("datetime64[s]")
    return Passages(table)


def test_another_company_is_another_meaning():
    found = st.meaning(made({"أ": WAR, "ب": TALKS}), "المصالحة", blocks="article")
    row = found.table.iloc[0]
    assert row["p"] < 0.01 and row["distance"] > row["chance"]
    near = found.words.groupby("side")["display"].agg(set)
    assert len(near["أ"] & set(WAR)) > 4 and not near["أ"] & set(TALKS)
    behind = found.passages("المصالحة", "أ", "ب", side="ب", n=3).texts
    assert all(set(text.split()) & set(TALKS) for text in behind)


def test_halves_of_one_company_are_not_told_apart():
    p = [
        st.meaning(
            made({"أ": [*WAR, *TALKS], "ب": [*WAR, *TALKS]}, n=20, per=1, seed=seed),
            "المصالحة",
            blocks="article",
        ).table["p"].iloc[0]
        for seed in range(12)
    ]  # fmt: skip
    assert min(p) > 0.01 and np.mean(p) > 0.25


def test_periods_weeks_and_several_words():
    passages = made({"أ": WAR, "ب": WAR}, n=60)
    found = st.meaning(passages, ["المصالحة", "قصف"], "period", period="Q", blocks="week")
    assert set(found.table["word"]) == {"المصالحة", "قصف"}
    assert found.table["a"].str.contains("Q").all() and found.table["q"].notna().any()
    assert "Blocks: week, as asked." in found.notes


def test_few_articles_have_no_p():
    found = st.meaning(made({"أ": WAR, "ب": TALKS}, n=9), "المصالحة").table.iloc[0]
    assert np.isnan(found["p"]) and "too few" in found["note"] and found["distance"] > 0


def test_homographs_are_set_aside():
    regime = "قصفت قوات النظام السوري مدينة دوما وقال النظام السوري إن المعركة مستمرة"
    system = "أقر البرلمان تعديل النظام الداخلي وجدول اللجان هذا الشهر"
    texts = [regime, system, f"{system} بينما هاجم النظام السوري المدينة"] * 20
    table = _as_passages(texts).table
    table["article_id"] = [f"a{n:03d}" for n in range(len(texts))]
    table["outlet"] = ["أ", "ب"] * (len(texts) // 2)
    table["production"] = "own"
    passages = Passages(table)
    every = st.meaning(passages, "النظام", blocks="article")
    named = st.meaning(passages, "النظام", referent="syrian_state", blocks="article")
    places = [part.mentions.groupby("passage_id").size() for part in (every, named)]
    ids = table["passage_id"]
    assert all(name not in places[1] for name in ids[1::3])
    assert (places[0].loc[ids[2::3]] > places[1].loc[ids[2::3]]).all()
    assert any("set aside" in note for note in named.notes)
    with pytest.raises(st.errors.InputError, match="syrian_state"):
        st.meaning(passages, "النظام", referent="nobody")


def test_an_encoder_takes_the_place_of_words():
    class Encoder:
        name, fingerprint = "of tests", "meaning-of-tests"

        def encode(self, texts):
            war = [sum(w in t for w in WAR) for t in texts]
            return np.array(
                [[k, 1.0, len(t) % 7] for k, t in zip(war, texts, strict=True)], np.float32
            )

    found = st.meaning(
        made({"أ": WAR, "ب": TALKS}), "المصالحة", encoder=Encoder(), blocks="article"
    )
    assert found.table["p"].iloc[0] < 0.01 and not len(found.words)


@pytest.mark.parametrize(
    ("word", "why"), [("في", "0 terms"), ("قصف حلب", "2 terms"), ("طرطوس", "none of the passages")]
)
def test_a_word_that_is_no_term_is_named(word, why):
    with pytest.raises(st.errors.InputError, match=why):
        st.meaning(made({"أ": WAR, "ب": TALKS}, n=3), word)


def test_picture_and_what_is_not_there():
    found = st.meaning(made({"أ": WAR, "ب": TALKS}, n=20), "المصالحة")
    assert len(found.plot().lines) == 2
    alone = st.meaning(made({"أ": WAR}, n=20), "المصالحة")
    assert len(alone) == 0 and not alone.plot().axison
    with pytest.raises(st.errors.InputError, match="No row"):
        found.passages("المصالحة", "أ", "ج")
    with pytest.raises(st.errors.InputError, match="no side"):
        found.passages("المصالحة", "أ", "ب", side="ج")


def test_one_article_on_a_side_has_no_distance_and_no_picture():
    found = st.meaning(made({"أ": WAR, "ب": TALKS}, n=1), "المصالحة")
    assert found.table[["distance", "chance", "p"]].isna().all(axis=None)
    assert "too few" in found.table["note"].iloc[0] and not found.plot().axison


@pytest.mark.parametrize("word", [[], None])
def test_no_word_is_said(word):
    with pytest.raises(st.errors.InputError, match="No word"):
        st.meaning(made({"أ": WAR, "ب": TALKS}, n=3), word)


@pytest.mark.parametrize("passages", ["نص", None, 5])
def test_what_is_no_corpus_is_said(passages):
    with pytest.raises(st.errors.InputError, match="a corpus or its passages are wanted"):
        st.meaning(passages, "المصالحة")
