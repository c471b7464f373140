import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Corpus
from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.selection import read_selection
from syriatopics.errors import InputError

TEXT = "قالت مصادر محلية إن قافلة مساعدات رقم {n} وصلت إلى البلدة المحاصرة بعد مفاوضات طويلة بين الأطراف."


def article(n, outlet, day, text=TEXT):
    given = {"outlet": Given(outlet, "x"), "date_printed": Given(str(day)[:10], "x")}
    return parse_article(Document(f"{outlet}{n:04d}", text.format(n=n), given))


def corpus_of(days, outlet="amad", selection=None):
    return Corpus((article(n, outlet, day) for n, day in enumerate(days)), selection=selection)


def test_the_paragraph_of_the_seeds(seeds):
    text = seeds.summary().text
    for words in (
        "How the articles were chosen is not stated.",
        "The corpus holds 5 articles (4,986 words, 111 passages) of 3 outlets; 2 have no outlet.",
        "2 with a printed date that nothing refutes, 2 dated by their text, 1 whose printed date the text refutes",
        "No article is a near copy of another.",
        "pullquote 6, title 5",
        f"Fingerprint of the corpus: {seeds.fingerprint[:16]}.",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("period", "names"),
    [("Y", ["2016", "2017"]), ("M", ["2016-12", "2017-01"]), ("Q", ["2016Q4", "2017Q1"])],
)
def test_words_by_period_and_outlet_add_up(period, names):
    summary = corpus_of(["2016-12-30", "2017-01-02", "2017-01-03"]).summary(period)
    assert summary.periods["period"].tolist() == names
    assert summary.periods["n_articles"].tolist() == [1, 2]
    for column in ("n_articles", "n_words", "n_passages"):
        assert summary.periods[column].sum() == summary.table[column].sum()


def test_an_article_without_a_date_has_a_row_of_its_own():
    articles = [article(1, "amad", "2016-07-01"), parse_article(Document("b", TEXT))]
    assert set(Corpus(articles).summary().periods["period"]) == {"(no date)", "2016"}


def test_an_unknown_period_names_the_periods(seeds):
    with pytest.raises(InputError, match="Period 'year' is not known. Periods: 'D'"):
        seeds.summary("year")


def test_exact_copies_are_counted_within_and_across():
    same = "قالت مصادر محلية إن قافلة وصلت إلى البلدة المحاصرة بعد مفاوضات طويلة."
    articles = [
        article(n, outlet, "2016-07-01", same) for outlet in ("amad", "alhal") for n in range(2)
    ]
    assert (
        "Exact copies of another article: 3, 2 of them in the same outlet."
        in Corpus(articles).summary(copies="exact").text
    )


def test_near_copies_are_counted_by_clusters():
    long = " ".join(f"كلمة{n}" for n in range(60))
    articles = [
        article(n, outlet, "2016-07-01", f"{long} خاتمة{n}.")
        for n, outlet in enumerate(["amad", "alhal", "amad"])
    ]
    articles.append(article(9, "alhal", "2016-07-02"))
    text = Corpus(articles).summary().text
    assert "Near copies: 3 articles in 1 cluster, 3 of them in clusters of several outlets." in text
    assert "Exact copies" not in text


def test_unknown_copies_name_the_choices(seeds):
    with pytest.raises(InputError, match="Choices: 'exact', 'near'"):
        seeds.summary(copies="all")


SELECTION = {
    "query": "سوريا",
    "precision": {"hits": 188, "checked": 200},
    "output": [{"outlet": "amad", "start": "2016-01-01", "end": "2016-12-31", "n_articles": 400}],
    "gaps": [
        {
            "outlet": "amad",
            "start": "2016-03-01",
            "end": "2016-04-30",
            "reason": "the crawler was down",
        }
    ],
}


def test_what_is_stated_of_the_making_is_part_of_the_paragraph():
    days = [*pd.date_range("2016-01-01", "2016-02-29"), *pd.date_range("2016-05-01", "2016-06-30")]
    summary = corpus_of(days, selection=read_selection(SELECTION)).summary()
    for words in (
        "Chosen by: سوريا.",
        "Precision of the query: 0.94 (0.90 to 0.97; 188 of 200 checked by hand).",
        "Recall of the query: not checked.",
        "amad, 2016-01-01 to 2016-12-31: 121 of 400 articles published (30.2%).",
        "Not collected: amad 2016-03-01 to 2016-04-30 (the crawler was down).",
    ):
        assert words in summary.text
    assert len(summary.silences) == 1
    assert "Silent" not in summary.text, "the gap is stated"


def test_a_silence_that_nobody_states_is_named():
    days = [*pd.date_range("2016-01-01", "2016-02-29"), *pd.date_range("2016-05-01", "2016-06-30")]
    assert "without a stated gap: amad 2016-03-01 to 2016-04-30." in corpus_of(days).summary().text


def test_a_selection_stays_with_a_smaller_corpus():
    corpus = corpus_of(["2016-07-01", "2017-07-01"], selection=read_selection(SELECTION))
    assert corpus.between("2016-01-01", "2016-12-31").selection is corpus.selection


def test_the_study_states_its_selection(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "study.toml").write_text(
        'title = "x"\n[corpus]\npath = "texts"\n[selection]\nquery = "سوريا"\nrecall = { hits = 45, checked = 60 }\n',
        encoding="utf-8",
    )
    text = st.open_study(tmp_path).corpus.summary().text
    assert text.startswith(
        "Chosen by: سوريا. Precision of the query: not checked. Recall of the query: 0.75"
    )


def test_what_was_skipped_is_said(tmp_path):
    (tmp_path / "a.txt").write_text("عقد مجلس الأمن جلسة حول سوريا أمس.", encoding="utf-8")
    for name in ("b.txt", "c.txt"):
        (tmp_path / name).write_text("")
    text = st.read_corpus(tmp_path).summary().text
    assert "Not read: 2 items: is empty 2." in text


def test_a_window_is_shown_as_a_window():
    given = {"outlet": Given("amad", "x"), "event_start": Given("1990-05-01", "x"), "event_end": Given("2014-03-01", "x")}  # fmt: skip
    wide = parse_article(Document("wide", TEXT.format(n=7), given))
    summary = Corpus([article(1, "amad", "2016-07-01"), wide]).summary()
    assert "1 has a day: 2016-07-01 to 2016-07-01." in summary.text
    assert "the longest is 1990-05-01 to 2014-03-01." in summary.text
    assert "2002" not in summary.text.split("Fingerprint")[0]
    row = summary.table.iloc[0]
    assert (str(row["first"])[:10], str(row["last"])[:10], row.n_windows) == ("2016-07-01", "2016-07-01", 1)  # fmt: skip
    assert set(summary.periods["period"]) == {"(window)", "2016"}
