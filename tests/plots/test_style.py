"""Direction of text in figures, and figures of much or of nothing."""

import io
import itertools

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd

import syriatopics as st
from syriatopics.plots import label
from syriatopics.plots.style import prose, style


def test_an_english_note_with_arabic_words_stays_left_to_right():
    line = "Not there from the first period: أمد (2019-01 to 2021-09)."
    assert prose(line) == "Not there from the first period: \u2067أمد\u2069 (2019-01 to 2021-09)."
    assert prose("أمد للإعلام: n = 4") == label("أمد للإعلام: n = 4")
    assert prose("costs $5") == r"costs \$5"


def test_nothing_to_draw_is_said():
    table = pd.DataFrame({"kind": [], "n": []})
    ax = st.plots.bars(table, name="kind", value="n")
    assert [text.get_text() for text in ax.texts] == ["nothing"]


def test_many_periods_have_labels_that_do_not_touch():
    periods = [str(p) for p in pd.period_range("2016-01", "2021-12", freq="M")]
    table = pd.DataFrame({"period": periods, "theme": "t", "share": 0.5, "low": 0.4, "high": 0.6})
    ax = st.plots.trend_lines(table.assign(n_articles=200))
    ax.figure.canvas.draw()
    boxes = [t.get_window_extent() for t in ax.get_xticklabels()]
    assert all(a.x1 < b.x0 for a, b in itertools.pairwise(boxes))


def test_what_is_set_on_this_machine_changes_no_byte():
    def drawn():
        with style("en"):
            figure, ax = plt.subplots()
            ax.plot([1, 2], [3, 4])
            out = io.BytesIO()
            figure.savefig(out, format="png", metadata={"Software": None})
            plt.close(figure)
        return out.getvalue()

    with mpl.rc_context():
        before = drawn()
        mpl.rcParams.update({"axes.facecolor": "red", "savefig.dpi": 33, "lines.linewidth": 9})
        assert drawn() == before
        assert mpl.rcParams["axes.facecolor"] == "red", "and the user's own stand again afterwards"
