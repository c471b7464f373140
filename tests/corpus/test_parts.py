"""Headlines are passages of their own, beside the text and never among it."""

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus.passages import make_passages
from syriatopics.errors import InputError
from syriatopics.records import Article, RemovedSpan

RAW = "قصف النظام السوري يقتل المدنيين\nالفقرة الأولى هنا.\nالفقرة الثانية هناك."
TITLE = "قصف النظام السوري يقتل المدنيين"


FOUND = RemovedSpan(0, 0, 32, "title", TITLE + "\n", "first line")


def article(raw=RAW, title=TITLE, removed=(FOUND,)):
    first = raw.index("الفقرة الأولى")
    second = raw.index("الفقرة الثانية")
    layout = (((( first, second - 1),),), (((second, len(raw)),),))  # fmt: skip
    return Article(article_id="a", raw=raw, title=title, layout=layout, removed=removed, outlet="x")


def test_the_text_is_as_before(seeds):
    table = seeds.passages().table
    assert not table["part"].eq("headline").any()
    assert table.groupby("article_id")["part"].first().eq("lead").all()
    pd.testing.assert_frame_equal(table, seeds.passages(part="body").table)
    assert table["start"].dtype == table["end"].dtype == "int64"


def test_parts_make_up_the_whole(seeds):
    whole = seeds.passages(part="all").table
    apart = [seeds.passages(part=part).table for part in ("headline", "body")]
    assert set(whole["passage_id"]) == {name for table in apart for name in table["passage_id"]}
    assert len(whole) == sum(map(len, apart))
    assert set(seeds.passages(part="lead").table["passage_id"]) < set(apart[1]["passage_id"])
    titled = [a for a in seeds if a.title]
    assert len(apart[0]) == len(titled)


def test_a_headline_stands_where_it_was_found():
    row = make_passages([article()], part="headline").table.iloc[0]
    assert row["passage_id"] == "a:title" and row["part"] == "headline"
    assert RAW[row["start"] : row["end"]] == TITLE == row["text"]


def test_a_headline_that_the_page_does_not_hold_has_no_offsets():
    row = make_passages([article(removed=())], part="headline").table.iloc[0]
    assert row["text"] == TITLE and pd.isna(row["start"]) and pd.isna(row["end"])


@pytest.mark.parametrize("unit", ["paragraph", "sentence", "article", 2])
def test_passages_of_the_text_keep_their_ids_beside_headlines(unit):
    body = make_passages([article()], unit).table
    both = make_passages([article()], unit, "all").table
    assert list(both["passage_id"]) == ["a:title", *body["passage_id"]]
    assert both["text"].tolist()[1:] == body["text"].tolist()


@pytest.mark.parametrize("title", [None, "", "   "])
def test_an_article_without_title_has_no_headline(title):
    assert not len(make_passages([article(title=title)], part="headline"))


def test_an_unknown_part_names_the_choices(seeds):
    with pytest.raises(InputError, match="Parts: 'all', 'body', 'headline', 'lead'"):
        seeds.passages(part="title")


def test_a_headline_over_a_neutral_text_is_measured():
    """The case for it: all of the charge stands in the headline."""
    passages = make_passages([article()])
    assert not st.score_themes(passages).assigned.to_numpy().any()
    assert st.score_themes(passages, part="headline").assigned["military_security"].all()
    named = st.naming(passages, part="headline", production="all").mentions
    assert "syrian_state" in set(named["referent"])
    assert not len(st.naming(passages, production="all").mentions)
    assert len(st.kwic(passages, "قصف", part="all").table) == 1
    assert not len(st.kwic(passages, "قصف").table)


def test_headlines_follow_what_was_chosen(seeds):
    passages = seeds.passages()
    one = passages.table["article_id"].iloc[0]
    few = passages.where(passages.table["article_id"].eq(one))
    assert set(few.part("headline").table["article_id"]) <= {one}
    assert few.part(None) is few


def test_passages_without_articles_say_so(seeds):
    bare = st.corpus.Passages(seeds.passages().table)
    with pytest.raises(
        InputError, match=r"cut them from a corpus, corpus.passages\(part='headline'\)"
    ):
        bare.part("headline")


def test_words_of_headlines_are_compared(seeds):
    dtm = st.count_terms(seeds.passages(part="all"), min_df=1, max_df=1.0)
    outlets = seeds.outlets[:2]
    heads = st.keyness(dtm, *outlets, part="headline", min_count=1, production="all")
    assert heads.dtm.counts.shape[0] == len(seeds.passages(part="headline"))
    with pytest.raises(InputError, match=r"count corpus.passages\(part='all'\)"):
        st.keyness(st.count_terms(seeds.passages()), *outlets, part="headline")
