"""Tellings: kinds, offsets, pairs, and what hostile or empty texts give."""

import sys

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.framing.tellings.texts import Sentences

TOLD = (
    "قصفت الطائرات مدينة دوما في الغوطة الشرقية. وقال السكان إن المشفى دمر تماما. ودعت الأمم المتحدة إلى هدنة "
    "إنسانية عاجلة.\n\nووصلت قافلة مساعدات إلى حرستا بعد أسابيع من الانتظار. ورفض مجلس الأمن مشروع القرار الروسي. "
    "وأعلنت موسكو فتح ممر آمن للمدنيين."
)
LINES = [line for part in TOLD.split("\n\n") for line in part.replace(". ", ".|").split("|")]


class Bilingual:
    """An encoder that knows a handful of words in two languages."""

    name, fingerprint, window = "bilingual", "bilingual-of-tests", 180
    WORDS = (
        ("bombed", "قصفت"), ("hospital", "المشفى"), ("truce", "هدنة"),
        ("convoy", "قافلة"), ("resolution", "القرار"), ("corridor", "ممر"),
    )  # fmt: skip

    def encode(self, texts):
        return np.array(
            [[float(any(w in t for w in pair)) + 0.05 for pair in self.WORDS] for t in texts],
            dtype=np.float32,
        )


def kinds(found):
    return found.table["kind"].tolist()


def test_what_is_told_word_for_word_is_kept_and_the_rest_is_named():
    retold = " ".join([LINES[0], LINES[2], "ولم يصدر تعليق من دمشق حتى الآن."])
    found = st.tellings(retold, " ".join(LINES[:3]))
    assert kinds(found) == ["kept", "dropped", "kept", "added"]
    assert found.pairs["new"].iloc[0] > 0 and found.pairs["told"].iloc[0] < 1


def test_changed_merged_and_moved():
    changed = LINES[0].replace("الطائرات", "مقاتلات النظام")
    merged = LINES[1].rstrip(".") + "، و" + LINES[2]
    order = [changed, merged, LINES[5], LINES[3], LINES[4]]
    found = st.tellings(" ".join(order), TOLD).table
    by_source = found.groupby("source_sentence")["kind"].first()
    assert by_source[LINES[0]] == "changed"
    assert by_source[LINES[1]] == by_source[LINES[2]] == "merged"
    assert by_source[LINES[5]] == "moved"
    assert by_source[LINES[3]] == by_source[LINES[4]] == "kept"
    assert st.tellings(TOLD, " ".join(order)).table["kind"].eq("split").sum() == 2


def test_offsets_lead_back_to_both_raw_texts():
    found = st.tellings("\n\n".join([LINES[4], LINES[1], "خبر آخر تماما."]), TOLD)
    raw = found.sources.corpus.articles[0].raw, found.articles.corpus.articles[0].raw
    for row in found.table.itertuples():
        if row.source_row >= 0:
            assert raw[0][row.source_start : row.source_end] == row.source_sentence
        if row.row >= 0:
            assert raw[1][row.start : row.end] == row.target_sentence


def test_a_source_in_another_language_needs_an_encoder_that_knows_both():
    english = (
        "Planes bombed Douma. The hospital was destroyed. The UN called for a truce. "
        "A convoy arrived. The Council rejected the resolution. Moscow opened a corridor."
    )
    with pytest.raises(st.errors.InputError, match='encoder="e5"'):
        st.tellings(TOLD, english)
    found = st.tellings(" ".join(LINES[:4]), english, encoder=Bilingual())
    assert kinds(found) == ["kept"] * 4 + ["dropped"] * 2
    assert found.pairs["source_language"].tolist() == ["other"]
    assert any("third" in note for note in found.notes)


@pytest.mark.parametrize(("article", "source"), [("", TOLD), (TOLD, "")])
def test_without_text_there_is_no_pair(article, source):
    found = st.tellings(article, source)
    assert len(found) == len(found.pairs) == 0


def test_what_is_no_text_is_named():
    with pytest.raises(st.errors.InputError, match="of int"):
        st.tellings(7, TOLD)


def corpus(*texts, dates=None, outlets=None):
    rows = pd.DataFrame({"id": [f"{n}" for n in range(len(texts))], "text": texts})
    if dates is not None:
        rows["date"] = dates
    if outlets is not None:
        rows["outlet"] = outlets
    return st.read_corpus(rows)


OTHERS = (
    "ارتفعت أسعار القمح في الأسواق العالمية هذا الشهر. وتوقع خبراء استمرار الصعود. واستوردت مصر كميات كبيرة.",
    "فاز المنتخب الوطني بثلاثة أهداف دون مقابل. وسجل المهاجم هدفين. وتأهل الفريق إلى الدور المقبل.",
)


def test_of_many_sources_each_article_gets_its_own_or_none():
    retold = " ".join([LINES[0], LINES[1], LINES[3], LINES[4], "وهذه جملة لا صلة لها بما سبق."])
    found = st.tellings(
        corpus(OTHERS[1].replace("ثلاثة", "أربعة"), retold), corpus(OTHERS[0], TOLD)
    )
    assert found.pairs[["source_id", "article_id"]].to_numpy().tolist() == [["1", "1"]]
    assert "1 articles tell no source" in found.notes[0]


def test_what_was_written_long_before_tells_nothing():
    early = corpus(TOLD, OTHERS[0], dates=["2018-01-01", "2018-03-01"])
    late = corpus(TOLD, OTHERS[1], dates=["2018-03-01", "2018-03-01"])
    assert len(st.tellings(early, late).pairs) == 0
    found = st.tellings(late, corpus(TOLD, OTHERS[0], dates=["2018-02-27", "2018-03-01"])).pairs
    assert found["direction"].tolist() == ["source first"] and found["days"].tolist() == [2]


def test_without_sources_reprints_are_the_pairs():
    shared = TOLD + " " + OTHERS[0]
    found = st.tellings(
        corpus(shared, shared + " ولم يصدر تعليق.", OTHERS[1], outlets=["أ", "ب", "ج"])
    )
    assert len(found.pairs) == 1
    assert kinds(found).count("kept") == 9


def test_the_order_of_articles_changes_nothing():
    texts = [TOLD, " ".join(LINES[:4]), *OTHERS]
    rows = [{"id": str(n), "text": text} for n, text in enumerate(texts)]
    there, back = (
        st.tellings(st.read_corpus(pd.DataFrame(part)), TOLD).table for part in (rows, rows[::-1])
    )
    pd.testing.assert_frame_equal(there, back)


def test_text_is_never_run_and_a_book_is_said_to_be_too_long(monkeypatch):
    hostile = "<script>alert(1)</script> قصفت الطائرات دوما. =cmd() وقال السكان كلاما."
    found = st.tellings(hostile, hostile)
    assert "<script>" not in found._repr_html_()
    monkeypatch.setattr(sys.modules["syriatopics.framing.tellings.result"], "_MOST", 3)
    assert any("not aligned" in note for note in st.tellings(TOLD, TOLD).notes)


def test_sentences_know_their_paragraph():
    side = Sentences.of(st.read_corpus([TOLD]))
    texts = side.paragraphs.texts
    for n, row in enumerate(side.table.itertuples()):
        assert texts[row.paragraph][row.inside : row.until] == row.text
        assert side.at([row.paragraph], [row.inside])[0] == n
    assert side.at([5], [0])[0] == -1
