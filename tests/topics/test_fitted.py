from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.topics.wording import RANKINGS, class_tfidf, first, rank_weights


def test_passages_behind_a_topic_are_of_different_articles(fitted):
    found = fitted.passages(0, n=4)
    assert isinstance(found, Passages)
    assert found.table["article_id"].is_unique
    held = dict(zip(fitted.documents["passage_id"], fitted.theta[:, 0], strict=True))
    assert found.table["weight"].tolist() == pytest.approx(
        [held[p] for p in found.table["passage_id"]]
    )
    with pytest.raises(InputError, match="Topics here: 0 to 4"):
        fitted.passages(9)


def test_a_heading_of_one_word_is_not_what_is_read_first(planted, passages_of):
    """Of 20 topics of real articles .40 of the nearest passages were headings of fewer than six terms."""
    texts = [*planted[0].texts, "إغاثة", "قصف", "قصف جيش"]
    outlets = [*planted[0].table["outlet"], "amad", "amad", "amad"]
    topics = st.NMF(n_topics=3).fit(st.count_terms(passages_of(texts, outlets), max_df=1.0))
    heading = topics.theta[len(texts) - 3 :].max(axis=1)
    assert (heading > 0.9).all()
    for topic in range(3):
        shown = topics.passages(topic, n=5)
        assert (shown.table["weight"] > 0.5).all()
        assert min(len(text.split()) for text in shown.texts) > 2


def test_reprints_are_shown_once(planted_fits):
    topics = planted_fits["NMF"]
    plain = topics.passages(0, n=6).table["article_id"].tolist()
    copies = {plain[0]: 1, plain[1]: 1, plain[4]: 1, plain[2]: 2}
    shown = topics.passages(0, n=6, reprints=copies).table["article_id"].tolist()
    assert shown[:3] == [plain[0], plain[2], plain[3]]
    assert not {plain[1], plain[4]} & set(shown)
    assert len(shown) == 6


@pytest.mark.parametrize("by", RANKINGS)
def test_rankings_give_readable_terms(fitted, by):
    table = fitted.top_terms(5, by)
    assert len(table) == 25
    assert (table.groupby("topic")["weight"].diff().dropna() <= 0).all()
    assert set(table["term"]) <= set(fitted.terms)
    with pytest.raises(InputError, match="Rankings: 'ctfidf', 'frex', 'lift', 'probability'"):
        fitted.top_terms(5, "beauty")


def test_rankings_by_hand():
    # Term 0 is common to both topics, terms 1 and 2 belong to one each.
    phi = np.array([[0.6, 0.4, 0.0], [0.7, 0.0, 0.3]])
    theta = np.array([[1.0, 0.0], [0.0, 1.0]])
    from scipy import sparse

    counts = sparse.csr_matrix(np.array([[6, 4, 0], [7, 0, 3]]))
    assert rank_weights("lift", phi, theta, counts)[0] == pytest.approx(
        [0.6 / 0.65, 0.4 / 0.2, 0.0]
    )
    # By probability and by exclusivity term 0 ranks 3rd and 2nd of 3, term 1 2nd and 3rd.
    assert rank_weights("frex", phi, theta, counts)[0] == pytest.approx([0.8, 0.8, 0.0])
    expected = np.array([0.6, 0.4, 0]) * np.log1p(10 / np.array([13, 4, 3]))
    assert class_tfidf(theta, counts)[0] == pytest.approx(expected)


@pytest.mark.parametrize("width", [8, 400])
def test_first_breaks_ties_by_the_alphabet(width):
    weights = np.zeros((2, width))
    weights[0, [5, 3]] = 2
    weights[1, :] = 1
    assert first(weights, 3).tolist() == [[3, 5, 0], [0, 1, 2]]


def test_labels_in_two_languages(fitted):
    assert fitted.labels.shape == (5, 3)
    assert fitted.labels["en"].str.contains("[A-Za-z]").all()
    named = fitted.named({0: ("الأسلحة الكيميائية", "chemical weapons"), 1: "aid"})
    assert named.labels["en"].tolist()[:2] == ["chemical weapons", "aid"]
    assert named.scores.labels["0"].startswith("الأسلحة الكيميائية · chemical weapons: ")
    assert fitted.names is None
    assert named.fingerprint == fitted.fingerprint
    with pytest.raises(InputError, match="No topic 7"):
        fitted.named({7: "x"})


def test_scores_of_new_passages_go_into_prevalence(planted_fits, passages_of):
    new = passages_of(["إغاثة نازحين غذاء", "غارة قصف جيش"], ["amad", "noonpost"])
    scores = planted_fits["NMF"].score(new)
    shares = st.prevalence(scores, by="outlet").table
    assert shares.groupby("outlet")["share"].sum().tolist() == pytest.approx([1, 1])


def test_transform_wants_passages(fitted):
    with pytest.raises(InputError, match="not one text"):
        fitted.transform("سوريا")
    assert fitted.transform([]).shape == (0, 5)


def test_merged_topics_add_up(planted_fits, counted):
    topics = planted_fits["NMF"]
    merged = topics.named({2: "last"}).merge([[1, 0]])
    assert merged.n_topics == 2
    big = int(merged.table["share"].argmax())
    assert np.allclose(merged.theta[:, big], topics.theta[:, [0, 1]].sum(axis=1))
    assert np.allclose(
        merged.transform(counted)[:, big], topics.transform(counted)[:, [0, 1]].sum(axis=1)
    )
    assert merged.labels["en"][1 - big] == "last"
    assert merged.fingerprint != topics.fingerprint
    for groups, message in (([[0, 1], [1, 2]], "in two groups"), ([[0, 1, 2]], "single topic")):
        with pytest.raises(InputError, match=message):
            topics.merge(groups)


def test_the_tree_joins_halves_of_a_topic_first(counted, planted):
    topics = st.NMF(n_topics=4).fit(counted)
    tree = topics.hierarchy()
    assert len(tree) == 3
    assert tree.table["distance"].is_monotonic_increasing
    three = tree.cut(3)
    from sklearn.metrics import adjusted_rand_score

    assert adjusted_rand_score(planted[1], three.theta.argmax(axis=1)) >= 0.9
    with pytest.raises(InputError, match="2 to 4"):
        tree.cut(9)
    assert tree.plot() is not None


def test_a_report_shows_all_there_is_and_escapes_it(passages_of, planted):
    texts = list(planted[0].texts)
    texts[0] = "<script>alert(1)</script> " + texts[0]
    table = passages_of(texts, planted[0].table["outlet"])
    topics = st.NMF(n_topics=3).fit(st.count_terms(table, max_df=1.0)).named({0: "<b>x</b>"})
    pages = [topics.report(topic, n=100) for topic in range(3)]
    report = pages[0]
    assert list(report.table.columns) == ["rank", *RANKINGS]
    assert set(report.outlets["outlet"]) == {"amad", "noonpost"}
    assert report.period["n_articles"].sum() >= 75
    assert report.period["share"].between(0, 1).all()
    html = report._repr_html_()
    assert 'dir="rtl"' in html
    assert "<b>x</b>" not in html
    assert not any("<script>" in page._repr_html_() for page in pages)
    assert report.plot() is not None
    with pytest.raises(InputError, match="No topic 3"):
        topics.report(3)


def test_a_report_without_dates_and_outlets():
    topics = st.NMF(n_topics=2).fit(["سوريا روسيا", "سوريا روسيا", "جنيف محادثات", "جنيف محادثات"])
    report = topics.report(0)
    assert len(report.period) == 0
    assert isinstance(report.outlets, pd.DataFrame)
    assert "<table>" in report._repr_html_()


def test_a_model_is_the_same_whatever_a_processor_makes_of_the_last_digits(fitted):
    between = np.round(fitted.phi, 6) + 5e-7  # where the sixth decimal goes up or down
    known = {replace(fitted, phi=between + noise).fingerprint for noise in (-1e-12, 1e-12)}
    assert len(known) == 1
    assert replace(fitted, phi=fitted.phi[::-1]).fingerprint != fitted.fingerprint
