import random

import pandas as pd
import pytest
from copied_texts import Writer, article
from hypothesis import given, settings
from hypothesis import strategies as st

import syriatopics
from syriatopics import Corpus
from syriatopics.errors import CorpusError, InputError


def rows_of(reprints):
    return reprints.table.set_index("article_id")


def test_columns_that_others_rely_on(planted):
    table = planted.reprints().table
    assert list(table.columns[:5]) == [
        "article_id",
        "cluster",
        "cluster_size",
        "n_outlets",
        "similarity",
    ]
    assert table["article_id"].is_monotonic_increasing


def test_planted_copies_are_one_cluster(planted):
    reprints = planted.reprints()
    assert reprints.members(0) == ["alhal-1", "amad-1", "amad-2", "noon-1"]
    assert len(reprints.clusters) == 1
    cluster = reprints.clusters.iloc[0]
    assert (cluster["size"], cluster["n_outlets"]) == (4, 3)
    assert cluster["kind"] == "shared across outlets"
    assert cluster["agency"] == "afp"
    assert "amad-1 (Amad): line 3: (أ ف ب)" in cluster["agency_evidence"]


def test_updates_are_told_apart_from_shared_copy(planted):
    rows = rows_of(planted.reprints())
    assert rows.loc["amad-2", "copy_of"] == "amad-1"
    assert rows["copy_of"].notna().sum() == 1
    assert rows["across"].all()


# ---- who was first --------------------------------------------------------------------


def first_of(*articles):
    return Corpus(articles).reprints().clusters.iloc[0]


def test_the_earliest_is_said_with_its_evidence(planted):
    cluster = planted.reprints().clusters.iloc[0]
    assert cluster["earliest"] == "amad-1"
    assert cluster["earliest_evidence"] == "of 2016-07-27, the next of 2016-07-28"


def test_a_refuted_date_makes_nobody_the_first(writer):
    story = writer.sentences(5)
    window = {"event_start": pd.Timestamp("2016-07-20").date(),
              "event_end": pd.Timestamp("2016-07-22").date()}  # fmt: skip
    refuted = article("a", story, "amad", "2011-01-01", date_status="conflict", **window)
    honest = article("b", story, "alhal", "2016-07-10")
    assert first_of(refuted, honest)["earliest"] == "b"
    refuted = article("a", story, "amad", "2011-01-01", date_status="conflict")
    cluster = first_of(refuted, honest)
    assert cluster["earliest"] is None
    assert "1 of 2 have no date to be trusted" in cluster["earliest_evidence"]


def test_two_copies_of_one_day_are_not_decidable(writer):
    story = writer.sentences(5)
    day = article("a", story, "amad", "2016-07-27")
    minute = article("b", story, "alhal", "2016-07-27T11:50", date_precision="minute")
    later = article("c", story, "alhal", "2016-07-27T12:50", date_precision="minute")
    assert first_of(day, minute)["earliest"] is None
    assert first_of(minute, later)["earliest"] == "b"
    month = article("d", story, "amad", "2016-07-01", date_precision="month")
    assert first_of(month, minute)["earliest"] is None


# ---- laws -----------------------------------------------------------------------------


def corpus_of(seed):
    """A corpus with copies of all kinds, in no order."""
    writer = Writer(seed)
    chooser = writer.random
    stories = [writer.sentences(6) for _ in range(4)]
    articles = []
    for number in range(14):
        story = chooser.choice(stories)
        kept = chooser.sample(story, chooser.randrange(2, 7))
        articles.append(
            article(
                f"n{number:02d}",
                [*kept, *writer.sentences(chooser.randrange(3))],
                chooser.choice(["amad", "alhal", "noonpost", None]),
                chooser.choice([None, "2016-07-27", "2016-07-28"]),
                production=chooser.choice(["unknown", "unknown", "wire", "own"]),
            )
        )
    return articles


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_order_does_not_matter(seed):
    articles = corpus_of(seed)
    shuffled = random.Random(seed).sample(articles, len(articles))
    one, two = Corpus(articles).reprints(), Corpus(shuffled).reprints()
    pd.testing.assert_frame_equal(one.table, two.table)
    pd.testing.assert_frame_equal(one.clusters, two.clusters)
    pd.testing.assert_frame_equal(one.pairs, two.pairs)
    assert one.notes == two.notes


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_outlets_are_names_and_nothing_more(seed):
    """Other names change who is named, not who is a copy of whom."""
    from dataclasses import replace

    swap = {"amad": "alhal", "alhal": "amad"}
    articles = corpus_of(seed)
    swapped = [replace(a, outlet=swap.get(a.outlet, a.outlet)) for a in articles]
    one, two = Corpus(articles).reprints(), Corpus(swapped).reprints()
    columns = ["article_id", "cluster", "similarity", "across", "copied", "copy_of", "production"]
    pd.testing.assert_frame_equal(one.table[columns], two.table[columns])
    pd.testing.assert_frame_equal(one.pairs, two.pairs)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_pairs_and_table_speak_of_the_same_articles(seed):
    reprints = Corpus(corpus_of(seed)).reprints()
    assert set(reprints.table["article_id"]) == {
        *reprints.pairs["article_id"],
        *reprints.pairs["other_id"],
    }
    assert (reprints.pairs["article_id"] < reprints.pairs["other_id"]).all()
    assert reprints.pairs["similarity"].between(0.5, 1).all()
    assert (reprints.pairs["resemblance"] <= reprints.pairs["similarity"]).all()
    assert (reprints.table["copied"].gt(0) == reprints.table["across"]).all()
    assert (
        reprints.table.groupby("cluster").size() == reprints.clusters.set_index("cluster")["size"]
    ).all()


def test_every_article_is_a_full_copy_of_itself(planted):
    from dataclasses import replace

    twins = [replace(a, article_id=f"{a.article_id}-twin") for a in planted.articles]
    rows = rows_of(Corpus([*planted.articles, *twins]).reprints())
    assert len(rows) == 2 * len(planted)
    assert rows["similarity"].eq(1).all()


def test_the_same_words_cut_off_at_another_length_are_found(planted):
    assert len(planted.reprints(0.99)) < len(planted.reprints(0.5))


# ---- without reprints -----------------------------------------------------------------


def test_within_an_outlet_the_first_copy_stays(planted):
    for across in ("mark", "keep"):
        kept = planted.without_reprints(across)
        assert len(kept) == len(planted) - 1
        assert "amad-2" not in set(kept.table["article_id"])


def test_shared_copy_is_marked_excluded_or_kept(planted):
    marked, kept = planted.without_reprints(), planted.without_reprints("keep")
    assert marked["noon-1"].production == "wire"
    assert marked["noon-1"].origin == "afp"
    assert "stand in amad-1" in marked["noon-1"].evidence["production"]
    assert kept["noon-1"] is planted["noon-1"]
    without = planted.without_reprints("exclude")
    assert set(without.table["article_id"]) == {f"other-{n}" for n in range(5)}
    assert "3 articles share their text with another outlet and are left out." in without.notes
    assert len(marked.evidence)


def test_of_two_versions_of_a_story_both_stay(writer):
    # Both are near copies of the text in the middle, not of each other.
    middle = writer.sentences(8)
    corpus = Corpus(
        [
            article("m", middle, "amad"),
            article("v1", middle[:4], "alhal", "2016-07-01"),
            article("v2", middle[4:], "alhal", "2016-07-02"),
            article("v3", middle[4:7], "alhal", "2016-07-03"),
        ]
    )
    reprints = corpus.reprints()
    assert reprints.clusters["size"].tolist() == [4]
    assert rows_of(reprints)["copy_of"].dropna().to_dict() == {"v3": "v2"}


def test_an_article_without_an_outlet_stands_by_itself(writer):
    story = writer.sentences(5)
    corpus = Corpus([article("a", story, None), article("b", story, None)])
    kept = corpus.without_reprints("keep")
    assert len(kept) == 2
    assert "2 near copies without an outlet stay: no outlet has them twice." in kept.notes
    reprints = corpus.reprints()
    assert reprints.table["across"].all()
    assert any("2 of them have no outlet" in note for note in reprints.notes)
    with pytest.raises(CorpusError, match="No article is left"):
        corpus.without_reprints("exclude")


@pytest.mark.parametrize("threshold", [0, -1, 1.01, float("nan")])
def test_a_threshold_that_is_no_share(planted, threshold):
    with pytest.raises(InputError, match="The threshold is"):
        planted.reprints(threshold)


def test_messages_name_the_choices(planted):
    with pytest.raises(InputError, match="across='drop' is not known. Choices: 'exclude', 'keep'"):
        planted.without_reprints("drop")
    with pytest.raises(InputError, match="No cluster 9. Clusters here: '0'"):
        planted.reprints().members(9)


# ---- bad input ------------------------------------------------------------------------


def test_nothing_to_compare():
    reprints = Corpus([article("a", ""), article("b", ""), article("c", "كلمة واحدة.")]).reprints()
    assert len(reprints) == 0
    assert "3 articles with fewer than 6 different 5-grams are too short" in reprints.notes[-1]
    assert len(Corpus([]).reprints()) == 0


def test_ten_thousand_identical_articles(writer):
    story = " ".join(writer.sentences(5))
    outlets = ("amad", "alhal")
    corpus = Corpus(
        article(f"n{n:05d}", story, outlets[n % 2], production="unknown" if n else "wire")
        for n in range(10_000)
    )
    reprints = corpus.reprints()
    assert reprints.clusters["size"].tolist() == [10_000]
    assert len(reprints.pairs) == 9_999
    assert reprints.table["production"].eq("wire").all()
    assert len(corpus.without_reprints("keep")) == 2


def test_ten_thousand_identical_articles_without_an_outlet(writer):
    story = " ".join(writer.sentences(3))
    corpus = Corpus(article(f"n{n:05d}", story, None) for n in range(10_000))
    assert len(corpus.without_reprints()) == 10_000


def test_thousands_of_almost_identical_articles(writer):
    story = " ".join(writer.sentences(5))
    corpus = Corpus(article(f"n{n:05d}", f"{story} {writer.sentence(4)}") for n in range(2_000))
    reprints = corpus.reprints()
    assert reprints.clusters["size"].tolist() == [2_000]
    assert len(reprints.pairs) < 40 * 2_000
    assert len(corpus.without_reprints()) == 1


def test_the_seeds_have_no_near_copies_and_002_stays_wire(seeds):
    assert len(seeds.reprints()) == 0
    article = seeds.without_reprints()["002_e53b32e58dc53caf"]
    assert (article.production, article.origin) == ("wire", "agency (inferred)")


def test_the_picture(planted):
    ax = planted.reprints().plot()
    assert len(ax.get_xticklabels()) == 3


def test_a_corpus_that_is_read_finds_them_too(tmp_path):
    told = "عقد مجلس الأمن الدولي جلسة مغلقة في نيويورك حول الوضع الإنساني في سوريا أمس الخميس."
    (tmp_path / "a.txt").write_text(f"دمشق (رويترز) - {told}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(told, encoding="utf-8")
    reprints = syriatopics.read_corpus(tmp_path).reprints()
    assert reprints.table["production"].tolist() == ["wire", "wire"]
    assert reprints.clusters["agency"].tolist() == ["reuters"]
