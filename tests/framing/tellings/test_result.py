"""Tellings: kinds, offsets, pairs, and what hostile or empty texts give."""

import sys

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.framing.tellings.pairs import candidates
from syriatopics.framing.tellings.space import space_of
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
    for words in (None, "lsa", st.encoders.LSA()):
        with pytest.raises(st.errors.InputError, match='encoder="e5"'):
            st.tellings(TOLD, english, encoder=words)
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
    assert "1 article tells no source" in found.notes[0]


def test_names_find_the_source_where_vectors_do_not():
    """Both sources bombed something: who did it, and where the number stands, tells which."""
    english = corpus(
        "Planes bombed the town. Erdogan spoke of 17 dead.",
        "Planes bombed the town. Putin spoke of 42 dead.",
    )
    told = corpus("قصفت الطائرات البلدة. وتحدث بوتين عن 42 قتيلا.")
    sides = Sentences.of(english), Sentences.of(told)
    space = space_of(sides, Bilingual())
    assert candidates(*sides, space) == [
        (english.articles[1].article_id, told.articles[0].article_id)
    ]


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


def test_a_book_is_said_to_be_too_long(monkeypatch):
    monkeypatch.setattr(sys.modules["syriatopics.framing.tellings.making"], "_MOST", 3)
    assert any("not aligned" in note for note in st.tellings(TOLD, TOLD).notes)


def test_the_view_is_escaped_and_from_right_to_left():
    evil = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    source = [{"id": "<a>", "text": f"{evil} قصفت الطائرات مدينة دوما. {LINES[1]}"}]
    article = [
        {"id": "<b>", "text": f"قصفت الطائرات {evil} دوما. {LINES[1]} =cmd()", "outlet": "<o>"}
    ]
    html = st.tellings(*(st.read_corpus(pd.DataFrame(rows)) for rows in (article, source))).html()
    assert html.startswith('<div dir="rtl" lang="ar">')
    assert not any(tag in html for tag in ("<script", "<img", "<a>", "<b>", "<o>"))
    assert "&lt;b&gt;" in html and "<ins" in html and "<del" in html


def test_spelling_is_no_change_in_the_view_but_quotation_marks_are():
    told = "وافاد المرصد أن مقاتلي “حزب الله” انسحبوا من البلدة فجر اليوم."
    again = "وأفاد المرصد أن مقاتلي حزب الله انسحبوا من البلدة مساء اليوم."
    html = st.tellings(again, told).html().split("</td>")[2]
    assert "وافاد" not in html and "“حزب الله”</del>" in html and "فجر</del>" in html


@pytest.mark.parametrize("number", range(3))
def test_an_article_against_itself_is_kept(number, seeds):
    one = seeds.articles[number]
    found = st.tellings(one, one)
    assert set(found.table["kind"]) <= {"kept", "moved"} and found.pairs["told"].eq(1).all()
    assert not len(found.changes)


def test_five_hundred_equal_sentences():
    found = st.tellings(" ".join([LINES[0]] * 499), " ".join([LINES[0]] * 500))
    assert found.table["kind"].value_counts().to_dict().get("added", 0) == 0


def three_tellings():
    """Two outlets tell one source, one of them drops what the other tells; a third article tells another."""
    rows = [
        ("s", TOLD, "وكالة", "2018-02-18"), ("t", OTHERS[0] + " " + OTHERS[1], "وكالة", "2018-02-18"),
        ("a", " ".join(LINES[:4]), "أ", "2018-02-19"), ("b", " ".join([*LINES[:2], *LINES[3:]]), "ب", "2018-02-19"),
        ("c", OTHERS[0] + " ولم يصدر تعليق من دمشق.", "أ", "2018-02-20"),
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=["id", "text", "outlet", "date"])
    return st.tellings(st.read_corpus(made[2:]), st.read_corpus(made[:2]))


def test_what_others_tell_of_the_same_source_stands_beside():
    table = three_tellings().table.set_index(["article_id", "source_sentence"])
    assert table.loc[("a", LINES[4]), "kind"] == "dropped"
    assert (
        table.loc[("a", LINES[4]), "others_told"] == 1
        and table.loc[("a", LINES[4]), "n_others"] == 1
    )
    assert table.loc[("b", LINES[2]), "others_told"] == 1
    assert table.loc[("a", LINES[2]), "others_told"] == 0  # the other drops it
    assert (table.loc["c", "n_others"] == 0).all() and table.loc["c", "others_told"].isna().all()


def test_length_and_style_are_baselines():
    pairs = three_tellings().pairs.set_index("article_id")
    assert 0 < pairs.loc["a", "by_length"] < 0.5
    assert pairs.loc["a", "by_style"] == pytest.approx(1 - pairs.loc["c", "told"])
    assert np.isnan(pairs.loc["b", "by_style"])


def test_shares_by_outlet_and_what_is_no_choice():
    found = three_tellings()
    shares = found.shares(blocks="article")
    assert shares.table.groupby("outlet")["share"].sum().tolist() == pytest.approx([1, 1])
    assert "added" not in set(shares.table["kind"])
    assert "dropped" not in set(found.shares(of="article", blocks="article").table["kind"])
    assert (
        shares.table["low"].isna().all() and shares.table["note"].ne("").all()
    )  # few articles: no interval
    row = shares.table.set_index(["outlet", "kind"]).loc[("ب", "dropped")]
    assert row["others"] == pytest.approx(2 / 6)
    with pytest.raises(st.errors.InputError, match="by='genre'"):
        found.shares("genre")
    with pytest.raises(st.errors.InputError, match="of='text'"):
        found.shares(of="text")
    assert "أ  (n = 2)" in shares.plot().get_legend_handles_labels()[1]


def test_intervals_of_shares_rest_on_articles():
    rng = np.random.default_rng(3)
    rows, sources = [], []
    letters = list("بتثجحخدرزسشصضطعفقكلمن")

    def line():
        return " ".join("".join(rng.choice(letters, 5)) for _ in range(8)) + "."

    for n in range(60):
        lines = [line() for _ in range(8)]
        sources.append(
            {"id": f"s{n}", "text": " ".join(lines), "outlet": "وكالة", "date": "2018-02-18"}
        )
        kept = [line for line in lines if rng.random() < (0.9, 0.5)[n % 2]] or lines[:3]
        rows.append(
            {"id": f"a{n}", "text": " ".join(kept), "outlet": "أب"[n % 2], "date": "2018-02-19"}
        )
    found = st.tellings(*(st.read_corpus(pd.DataFrame(part)) for part in (rows, sources)))
    dropped = found.shares(blocks="article").table.set_index(["kind", "outlet"]).loc["dropped"]
    assert dropped.loc["أ", "high"] < dropped.loc["ب", "low"]
    assert dropped.loc["ب", "low"] < 0.5 < dropped.loc["ب", "high"]


def test_passages_behind_and_what_is_not_there():
    found = three_tellings()
    assert set(found.passages("dropped", article_id="b").texts) == {LINES[2]}
    assert found.passages("added").texts == ["ولم يصدر تعليق من دمشق."]
    assert len(found.passages(side="source", n=30)) == len(
        set(found.passages(side="source", n=30).table["passage_id"])
    )
    for asked in ({"kind": "lost"}, {"side": "left"}, {"genre": "news"}):
        with pytest.raises(st.errors.InputError):
            found.passages(**asked)


@pytest.mark.parametrize(
    "source", [TOLD, "Planes bombed Douma. The hospital was destroyed. A convoy arrived."]
)
def test_the_picture_has_two_columns_and_a_ribbon_per_link(source):
    found = st.tellings(
        " ".join(LINES[:4]), source, encoder=Bilingual() if source != TOLD else None
    )
    drawn = found.plot()
    told = found.table[(found.table["source_row"] >= 0) & (found.table["row"] >= 0)]
    assert len(drawn.patches) == len(told)
    sides = {t.get_text(): t.get_position()[0] for t in drawn.texts}
    assert (sides["Source"] > sides["Article"]) == (source == TOLD)
    with pytest.raises(st.errors.InputError, match="tells no source"):
        found.plot(article="nobody")
    assert not st.tellings("", TOLD).plot().axison


def test_sentences_know_their_paragraph():
    side = Sentences.of(st.read_corpus([TOLD]))
    number, paragraphs = side.paragraphs_of(set(side.table["article_id"]))
    texts = paragraphs.texts
    assert number.tolist() == list(range(len(texts)))
    for n, row in enumerate(side.table.itertuples()):
        assert texts[row.paragraph][row.inside : row.until] == row.text
        assert side.at([row.paragraph], [row.inside])[0] == n


def test_a_book_is_not_aligned_and_not_called_one_that_tells_nothing():
    book = "\n\n".join(f"قصفت الطائرات المدينة رقم {n} صباح اليوم." for n in range(2_100))
    found = st.tellings(book, book)
    assert len(found) == 0 and found.notes[0].startswith("0 pairs; 0 articles tell")
    assert any("not aligned" in note for note in found.notes)
