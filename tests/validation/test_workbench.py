"""The workbench, driven by its widgets without a browser."""

import pytest

import syriatopics as st
from syriatopics.validation.coding.workbench import Item, Option, Workbench

pytestmark = pytest.mark.needs("notebooks")


def press(bench, name):
    bench.buttons[name].click()


def test_a_coder_decides_goes_back_and_undoes(task):
    bench = task.workbench("a")
    ids = task.sample["passage_id"].tolist()
    assert bench.position == 0 and list(bench.options) == st.load_themes().ids
    bench.options["humanitarian"].value = True
    bench.options["accountability"].value = True
    assert not task.coders, "pressing a theme is no decision"
    press(bench, "record")
    assert task.log("a").decisions[ids[0]].answer == ("humanitarian", "accountability")
    assert bench.position == 1 and bench.chosen == ()
    press(bench, "record")
    assert task.log("a").decisions[ids[1]].answer == ()
    press(bench, "previous")
    press(bench, "previous")
    assert bench.position == 0 and bench.chosen == ("humanitarian", "accountability")
    bench.options["accountability"].value = False
    press(bench, "record")
    assert task.log("a").decisions[ids[0]].answer == ("humanitarian",)
    assert bench.position == 2, "on to the next that has no decision"
    press(bench, "undo")
    assert bench.position == 0 and bench.chosen == ("humanitarian", "accountability")
    press(bench, "next")
    assert bench.position == 1


def test_it_goes_on_where_the_coder_stopped(task, read):
    read("a", [()] * 7)
    assert task.workbench("a").position == 7
    assert task.workbench("b").position == 0
    read("a", [()] * len(task))
    done = task.workbench("a")
    assert done.position == len(task) - 1 and "20 of 20" in repr(done)
    press(done, "record")
    assert done.position == len(task) - 1


def test_the_ends_have_no_way_on(task):
    bench = task.workbench("a")
    assert bench.buttons["previous"].disabled and not bench.buttons["next"].disabled
    for _ in range(30):
        press(bench, "next")
    assert bench.position == len(task) - 1 and bench.buttons["next"].disabled
    press(bench, "undo")
    assert "nothing to undo" in bench._head.value


def test_a_note_is_kept_and_shown_again(task):
    bench = task.workbench("a")
    bench.note.value = " قد يكون تطبيعا "
    press(bench, "record")
    press(bench, "previous")
    assert bench.note.value == "قد يكون تطبيعا"


def test_hostile_text_is_escaped_everywhere(task, tmp_path):
    bad = "<script>alert(1)</script>"
    log = task.log("a")
    items = [Item("p", f"{bad}\nسطر", (Option("o", bad, bad),))]
    log._allowed = {"p": ("o",)}
    bench = Workbench(items, log)
    shown = bench._repr_mimebundle_()["text/html"]
    assert "<script" not in shown and "&lt;script&gt;" in shown and "<br>سطر" in shown
    assert "<script" not in bench._text.value
    assert 'dir="rtl"' in bench._text.value


def test_where_one_option_holds_the_others_let_go(tmp_path, passages):
    topics = st.NMF(n_topics=3).fit(passages)
    bench = st.word_intrusion(topics, tmp_path / "w").workbench("a")
    press(bench, "record")
    assert bench.position == 0 and "choose one first" in bench._head.value
    bench.options["1"].value = True
    bench.options["4"].value = True
    assert bench.chosen == ("4",)
    press(bench, "record")
    assert bench.position == 1


def test_a_still_picture_stands_beside_the_widget(task):
    bundle = task.workbench("a")._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    html = bundle["text/html"]
    for theme in st.load_themes().theme:
        assert theme.definition_ar[:20] in html
    assert "سجّل" in html and task.sample["text"][0][:15] in html


@pytest.mark.parametrize("hidden", ["outlet", "stratum"])
def test_who_published_a_passage_is_not_shown(task, hidden):
    values = set(task.sample[hidden].dropna())
    html = task.workbench("a")._repr_mimebundle_()["text/html"]
    assert not any(value in html for value in values)
