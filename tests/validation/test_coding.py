"""Coding tasks: known chances, decisions that survive, and files that are refused by name and line."""

import json
import os
import signal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.errors import InputError
from syriatopics.validation.coding.decisions import Log, coder_name
from syriatopics.validation.coding.sampling import draw_sample, uncertainty


def drawn_often(table, n, design, repeats, **options):
    counts = pd.Series(0, index=table["passage_id"])
    for seed in range(repeats):
        counts[draw_sample(table, n, design, random_state=seed, **options)["passage_id"]] += 1
    return counts / repeats


@pytest.mark.parametrize("design", ["random", "stratified", "uncertain", "rare"])
def test_chances_are_those_with_which_passages_are_drawn(passages, scores, design):
    options = {"scores": scores} if design in ("uncertain", "rare") else {}
    often = drawn_often(passages.table, 30, design, 150, **options)
    every = draw_sample(passages.table, 111, design, **options)
    assert (every["probability"] == 1).all()
    one = draw_sample(passages.table, 30, design, **options)
    assert len(one) == 30 and one["passage_id"].is_unique
    chance = one.set_index("passage_id")["probability"]
    away = (often[chance.index] - chance) / np.sqrt(chance * (1 - chance) / 150).clip(1e-9)
    assert away[chance < 1].abs().max() < 4
    assert (often[chance.index[chance == 1]] == 1).all()


def test_strata_are_shared_out_evenly_and_small_ones_are_taken_whole(passages):
    sample = draw_sample(passages.table, 100, "stratified", period=None)
    taken = sample["stratum"].value_counts()
    assert taken.to_dict() == {"noonpost": 41, "no outlet": 24, "alhal": 19, "amad": 16}
    chance = sample.groupby("stratum")["probability"].first()
    assert chance["noonpost"] == pytest.approx(41 / 52)


@settings(max_examples=30, deadline=None)
@given(n=some.integers(5, 120), seed=some.integers(0, 5))
def test_a_sample_has_its_size_and_does_not_hang_on_the_order_of_the_table(passages, n, seed):
    one = draw_sample(passages.table, n, random_state=seed)
    two = draw_sample(passages.table[::-1].reset_index(drop=True), n, random_state=seed)
    assert len(one) == min(n, 111)
    assert one["passage_id"].tolist() == two["passage_id"].tolist()
    assert one["probability"].between(0, 1, inclusive="right").all()


def test_unsure_passages_lie_at_the_threshold(scores):
    unsure = uncertainty(scores)
    assert unsure[(scores.table == scores.threshold).any(axis=1)].eq(1).all()
    assert unsure[(scores.table == 0).all(axis=1)].eq(0).all()


def test_a_task_is_drawn_once_and_opened_after(seeds, task):
    again = st.coding_task(seeds, task.folder, n=5, random_state=9)
    pd.testing.assert_frame_equal(again.sample, task.sample)
    assert [t.id for t in again.themes] == st.load_themes().ids
    assert len(st.coding_task(seeds, task.folder.parent / "all", n=1000)) == 111


def test_another_corpus_is_refused(seeds, task):
    other = seeds.of_outlets("amad")
    for refused in (
        lambda: st.validation.open_coding_task(task.folder, other),
        lambda: st.coding_task(other, task.folder),
        lambda: st.validation.read_codings(task.folder, other),
    ):
        with pytest.raises(InputError, match=f"corpus {seeds.fingerprint[:16]}, this one is"):
            refused()
    scores = st.score_themes(other.passages())
    with pytest.raises(InputError, match="codings are of another corpus"):
        st.agreement(task.codings(), scores)
    with pytest.raises(InputError, match="codings are of another corpus"):
        st.corrected_shares(scores, task.codings())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no json", "cannot be read"),
        ("[]", "is no coding task"),
        (
            '{"format": "syriatopics.CodingTask", "format_version": 9}',
            "format version 9",
        ),
        (
            '{"format": "syriatopics.CodingTask", "format_version": 1}',
            "no coding task that can",
        ),
    ],
)
def test_a_broken_task_is_named(tmp_path, content, message):
    (tmp_path / "task.json").write_text(content)
    with pytest.raises(InputError, match=message):
        st.validation.open_coding_task(tmp_path)


def test_what_is_wrong_in_a_draw_is_said(seeds, tmp_path, scores):
    with pytest.raises(InputError, match="No coding task"):
        st.validation.open_coding_task(tmp_path)
    with pytest.raises(InputError, match="Design 'lucky' is not known"):
        st.coding_task(seeds, tmp_path, design="lucky")
    with pytest.raises(InputError, match="Period 'X' is not known"):
        st.coding_task(seeds, tmp_path, period="X")
    with pytest.raises(InputError, match="goes by scores"):
        st.coding_task(seeds, tmp_path, design="uncertain")
    with pytest.raises(InputError, match="not those of the passages"):
        st.coding_task(seeds.of_outlets("amad"), tmp_path, design="uncertain", scores=scores)
    with pytest.raises(InputError, match="4 passages cannot be shared out among 5 strata"):
        st.coding_task(seeds, tmp_path, n=4)
    with pytest.raises(InputError, match="0 of 111 passages cannot be drawn"):
        st.coding_task(seeds, tmp_path, n=0)
    assert not any(tmp_path.iterdir())
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(InputError, match="not empty"):
        st.coding_task(seeds, tmp_path)


def test_decisions_stand_in_the_file_as_they_are_made(task, ticking):
    log = task.log("a", ticking)
    first, second = task.sample["passage_id"][:2]
    log.record(first, ("humanitarian",), "sure?")
    log.record(second, ())
    assert [json.loads(x)["item"] for x in log.path.read_text().splitlines()] == [first, second]
    log.record(first, ("accountability",))
    again = task.log("a").decisions
    assert again[first].answer == ("accountability",) and list(again) == [second, first]
    assert log.undo().answer == ("accountability",)
    assert task.log("a").decisions[first].note == "sure?"
    assert len(log.path.read_text().splitlines()) == 4
    log.undo(), log.undo()
    assert log.undo() is None and not task.log("a").decisions


def test_codings_know_who_said_what(task, read):
    read("a", [("humanitarian",), (), ("accountability", "normalization")])
    read("b", [(), (), ("accountability",)])
    codings = task.codings()
    assert codings.coders == ["a", "b"]
    both = codings.codes()
    assert both.shape == (3, len(st.load_themes().ids))
    first, second, third = task.sample["passage_id"][:3]
    assert both.loc[first, "humanitarian"] == 0.5
    assert both.loc[third, "accountability"] == 1 and both.loc[second].sum() == 0
    assert codings.codes("b").loc[third].sum() == 1
    with pytest.raises(InputError, match="No coder 'c'. Coders: 'a', 'b'"):
        codings.codes("c")
    given = codings.given("a")
    assert len(given) == 3 and given["normalization"].sum() == 1
    assert len(codings) == 3 and codings.decided()["text"].notna().all()
    assert list(codings.take(np.array([0])).codes().index) == list(both.index[:1])
    assert codings.passages().shape == (3, 5)


@pytest.mark.needs("notebooks")
def test_nothing_is_lost_when_the_process_is_killed(task):
    ids = task.sample["passage_id"].tolist()
    child = os.fork()
    if child == 0:  # the kernel of a notebook, killed in the middle of its work
        log = task.log("a")
        for passage in ids[:5]:
            log.record(passage, ("humanitarian",))
        os.kill(os.getpid(), signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert list(task.log("a").decisions) == ids[:5]
    assert task.workbench("a").position == 5


def test_a_line_that_was_cut_off_is_left_out_and_said(task, ticking):
    log = task.log("a", ticking)
    first, second = task.sample["passage_id"][:2]
    log.record(first, ("humanitarian",))
    with log.path.open("ab") as file:
        file.write(b'{"item": "' + second.encode()[:10])
    again = task.log("a", ticking)
    assert list(again.decisions) == [first]
    assert "line 2: a decision was cut off" in again.notes[0]
    again.record(second, ())
    assert list(task.log("a").decisions) == [first, second]


@pytest.mark.parametrize("tail", [b"", b"\0", b"\0" * 4096])
def test_a_log_cut_anywhere_loses_at_most_its_last_decision(task, ticking, tail):
    ids = task.sample["passage_id"][:3].tolist()
    log = task.log("a", ticking)
    for item in ids:
        log.record(item, ("humanitarian", "accountability"), note='حلب } " \\ \0 🙂 \ud800')
    whole = log.path.read_bytes()
    ends = [n for n, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(len(whole) + 1):
        log.path.write_bytes(whole[:cut] + tail)
        again = task.log("a", ticking)
        written = sum(cut >= end for end in ends)
        assert list(again.decisions) == ids[:written], cut
        torn = cut - max([0, *(end + 1 for end in ends if end < cut)])
        assert bool(again.notes) == (torn > 0 and cut not in ends), cut
        if cut % 7 == 0:
            again.record(ids[2], ())
            assert list(task.log("a", ticking).decisions) == [*ids[: min(written, 2)], ids[2]]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense", "line 2: no decision"),
        ('{"item": "ITEM", "answer": oops, "time": ""}', "line 2: no decision"),
        ('{"item": "ITEM" "answer": [], "time": ""}', "line 2: no decision"),
        ('{"item": "ITEM", "answer": [' + "9" * 5001 + "]}", "line 2: no decision"),
        ('{"item": ' + "[" * 100_000, "line 2: no decision"),
        ("[1]", "line 2: a decision has 'item'"),
        ('{"item": "x", "answer": "y", "time": ""}', "line 2: a decision has"),
        ('{"item": "ITEM", "answer": ["peace"], "time": ""}', r"line 2: no 'peace'. Choices: 'acc"),
        ('{"item": "other:001", "answer": [], "time": ""}', "line 2: 'other:001' is not in the"),
        ('{"item": "ITEM", "answer": [], "time": "", "coder": "b"}', "line 2: a decision of 'b'"),
    ],
)
def test_a_wrong_line_is_named(task, line, message):
    first = task.sample["passage_id"][0]
    log = task.log("a")
    log.record(first, ())
    with log.path.open("a") as file:
        file.write(line.replace("ITEM", first) + "\n")
    with pytest.raises(InputError, match=rf"a\.jsonl, {message}"):
        task.codings()


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a" * 70, "x\n", "a."])
def test_a_coder_whose_name_is_no_file_is_refused(task, name):
    with pytest.raises(InputError, match="cannot be the name of a file"):
        task.log(name)


@given(some.text(max_size=80))
def test_no_name_of_a_coder_leads_out_of_the_folder(name):
    try:
        held = coder_name(name)
    except InputError:
        return
    assert os.sep not in held and not held.startswith(".") and "\0" not in held


@settings(max_examples=40, deadline=None)
@given(some.lists(some.tuples(some.sampled_from("abu"), some.sampled_from("xy")), max_size=12))
def test_a_log_read_again_says_the_same(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("log")
    allowed = {"a": ("x", "y"), "b": ("x", "y")}
    log = Log(folder, "c", allowed, lambda: "now")
    for item, answer in steps:
        log.undo() if item == "u" else log.record(item, (answer,))
    assert Log(folder, "c", allowed).decisions == log.decisions


def test_undo_of_nothing_leaves_later_decisions_whole(task):
    log = task.log("a")
    assert log.undo() is None
    log.record(task.sample["passage_id"][0], ())
    assert len(task.log("a").decisions) == 1


def test_who_a_coder_is_stands_in_the_notes(task, read):
    read("a", [()])
    task.describe("a", "a student of media, Arabic as first language")
    assert task.codings().notes == (
        "a (a student of media, Arabic as first language): 1 of 20 passages decided.",
    )
    with pytest.raises(InputError, match="No coder 'b'. Coders: 'a'"):
        task.describe("b", "x")
    (task.folder / "decisions" / "coders.json").write_text("[1]")
    with pytest.raises(InputError, match="a text for each coder"):
        task.codings()
    (task.folder / "decisions" / "coders.json").write_text("{")
    with pytest.raises(InputError, match="cannot be read"):
        task.codings()


def test_the_task_that_was_coded_before_opens_still(seeds):
    """What coders have done must not be lost to a change of names."""
    folder = Path(__file__).parents[2] / "coding" / "passages"
    assert len(st.validation.open_coding_task(folder, seeds).sample) == 60
