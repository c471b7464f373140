"""Intruders are foreign, the key stays in memory, and what readers find is scored as it is."""

import csv

import numpy as np
import pytest

import syriatopics as st
from syriatopics.errors import InputError, TooSmallError
from syriatopics.order import ranked
from syriatopics.validation.intrusion.scores import EVERY


@pytest.fixture(scope="module")
def topics(passages):
    return st.NMF(n_topics=6, random_state=7).fit(passages)


@pytest.fixture
def words(topics, tmp_path):
    return st.word_intrusion(topics, tmp_path / "words", random_state=1)


@pytest.fixture
def asked(topics, tmp_path):
    return st.topic_intrusion(topics, tmp_path / "topics", n_passages=20, random_state=1)


def answer_all(questions, coder, right):
    """Answer with the key, or with the option after the intruder."""
    log, n = questions.log(coder), len(questions.options)
    for row in questions.key.itertuples():
        chosen = row.intruder if right(row) else row.intruder % n + 1
        log.record(row.question, (str(chosen),))


def test_the_intruder_is_rare_in_the_topic_and_first_elsewhere(words, topics):
    ranks = np.argsort(ranked(topics.phi, axis=1), axis=1)
    display = {str(topics.dtm.display[term]): k for k, term in enumerate(topics.terms)}
    key = words.key.set_index("question")
    for row in words.table.to_dict("records"):
        topic, intruder = key.loc[row["question"], ["topic", "intruder"]]
        places = [display[row[name]] for name in words.options]
        foreign = places.pop(intruder - 1)
        assert ranks[topic, foreign] >= topics.phi.shape[1] // 2
        assert np.delete(ranks[:, foreign], topic).min() < 10
        assert all(ranks[topic, place] < 10 for place in places)
        assert len({*places, foreign}) == 6


def test_questions_about_one_topic_share_no_word_of_it(words):
    key = words.key.set_index("question")
    for _, rows in key.groupby("topic"):
        seen = []
        for question in rows.index:
            shown = words.table.set_index("question").loc[question, words.options].tolist()
            seen += shown
        assert len(seen) == len(set(seen)) == 12


def test_topics_shown_are_the_strongest_and_the_intruder_is_weak(asked, topics):
    theta = asked.key[[f"theta_{n}" for n in range(1, 5)]].to_numpy()
    intruder = asked.key["intruder"].to_numpy() - 1
    rows = np.arange(len(asked))
    assert (theta[rows, intruder] <= np.sort(theta, axis=1)[:, 1] + 1e-9).all()
    assert asked.key["article_id"].nunique() == 5
    assert asked.key["article_id"].value_counts().max() <= 5


@pytest.mark.needs("notebooks")
def test_the_workbench_does_not_give_the_key_away(words, asked):
    for questions in (words, asked):
        html = questions.workbench("a")._repr_mimebundle_()["text/html"]
        assert "intruder" not in html


def test_nothing_on_the_disk_gives_the_key_away(words, asked):
    for questions in (words, asked):
        text = (questions.folder / "questions.json").read_text(encoding="utf-8")
        assert "intruder" not in text and "theta" not in text
        assert "intruder" not in questions._repr_html_()
        assert "intruder" not in repr(questions)
    places = words.key["intruder"].value_counts()
    assert len(places) > 3, "the intruder stands anywhere"


def test_the_same_topics_and_seed_ask_the_same(topics, words, tmp_path):
    again = st.word_intrusion(topics, words.folder, random_state=1)
    assert again.key.equals(words.key) and again.table.equals(words.table)
    other = st.word_intrusion(topics, tmp_path / "other", random_state=2)
    assert not other.table.equals(words.table)
    with pytest.raises(InputError, match="asks about other topics, or other draws"):
        st.word_intrusion(topics, words.folder, random_state=2)
    with pytest.raises(InputError, match="not empty"):
        st.word_intrusion(topics, words.folder.parent)


def test_who_finds_all_and_who_finds_none(words):
    answer_all(words, "a", lambda row: True)
    table = words.score().table.set_index("topic")
    assert (table["precision"] == 1).all() and table.loc[EVERY, "n_answers"] == 12
    assert table.loc[EVERY, "low"] > 0.6 and table.loc[EVERY, "high"] == 1
    assert table.drop(EVERY)["low"].isna().all()
    assert "2 questions: too few for an interval" in table["note"].iloc[0]
    answer_all(words, "b", lambda row: False)
    both = words.score().table.set_index("topic")
    assert (both["precision"] == 0.5).all() and both.loc[EVERY, "n_coders"] == 2
    assert table["chance"].eq(1 / 6).all()


def test_log_odds_are_nought_where_the_intruder_is_found(asked):
    answer_all(asked, "a", lambda row: True)
    table = asked.score().table.set_index("topic")
    assert table.loc[EVERY, "log_odds"] == 0 and table.loc[EVERY, "precision"] == 1
    answer_all(asked, "a", lambda row: False)
    wrong = asked.score().table.set_index("topic").loc[EVERY]
    theta = np.maximum(asked.key[[f"theta_{n}" for n in range(1, 5)]].to_numpy(), 0.001)
    at = asked.key["intruder"].to_numpy() - 1
    rows = np.arange(len(at))
    by_hand = np.log(theta[rows, at]) - np.log(theta[rows, (at + 1) % 4])
    assert wrong["log_odds"] == pytest.approx(by_hand.mean()) and wrong["log_odds"] < 0
    assert np.isnan(wrong["low"]), "five articles carry no interval"


def test_guessing_is_held_by_the_interval_as_often_as_it_says(passages, tmp_path):
    topics = st.NMF(n_topics=10, random_state=0).fit(passages)
    words = st.word_intrusion(topics, tmp_path / "w", per_topic=3)
    rng = np.random.default_rng(0)
    held = 0
    for guesser in range(60):
        folder = words.folder / "decisions"
        log = words.log("guess")
        for row in words.key.itertuples():
            log._made.append(_decision(row.question, int(rng.integers(1, 7))))
        held += _overall(words, log)
        assert not folder.exists(), guesser
    assert held >= 52


def _decision(question, number):
    from syriatopics.validation.coding.decisions import Decision

    return Decision(question, (str(number),), "guess", "")


def _overall(words, log):
    key = words.key.set_index("question")["intruder"]
    found = [float(int(d.answer[0]) == key[d.item]) for d in log.decisions.values()]
    from syriatopics.inference.intervals import interval
    from syriatopics.inference.resampling import estimate

    low, high = interval(estimate(np.array(found)[:, None]))
    return bool(low[0] <= 1 / 6 <= high[0])


def test_a_sheet_goes_out_and_comes_back(asked, tmp_path):
    path = tmp_path / "sheet.csv"
    asked.export_sheet(path, "a")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20 and "intruder" not in rows[0]

    def write():
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)

    rows[0]["answer"], rows[1]["answer"] = "2", "4"
    write()
    assert asked.import_sheet(path) == 2 and asked.import_sheet(path) == 0
    assert asked.answers()["answer"].tolist() == [2, 4]
    for change, message in (
        ({"answer": "5"}, "line 2: no '5'. Choices: '1', '2', '3', '4'"),
        ({"task": "x"}, "line 2: a sheet of model 'x'"),
        ({"question": "q999"}, "line 2: 'q999' is not in the sample"),
        ({"question": "q002"}, "line 3: 'q002' stands twice"),
    ):
        before = dict(rows[0])
        rows[0] |= change
        write()
        with pytest.raises(InputError, match=message):
            asked.import_sheet(path)
        rows[0] = before


def test_without_answers_it_is_said(words):
    found = words.score()
    assert found.notes[-1] == "Nobody has answered yet."
    assert found.table["n_answers"].eq(0).all() and found.table["note"].eq("no answer").all()
    found.plot()


def test_the_picture_shows_every_topic(words):
    answer_all(words, "a", lambda row: row.topic % 2 == 0)
    ax = words.score().plot()
    assert len(ax.get_yticklabels()) == 7


def test_too_few_topics_or_words_are_refused(passages, tmp_path):
    topics = st.NMF(n_topics=3).fit(passages)
    with pytest.raises(TooSmallError, match="3 topics: with 3 shown beside an intruder"):
        st.topic_intrusion(topics, tmp_path / "x")
    with pytest.raises(TooSmallError, match="word intrusion needs two"):
        st.word_intrusion(topics, tmp_path / "x", n_words=500)
