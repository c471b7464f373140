"""Every picture, at the size of real studies, in every preset and language: nothing covered, cut, small or pale."""

import inspect

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.plots.fitting import fit
from syriatopics.plots.presets import PRESETS, preset_settings
from syriatopics.plots.style import style
from tests.plots.geometry import faults
from tests.plots.tables import OUTLETS, THEMES, names, studies

SIZES = ((2, 3, 2), (3, 9, 3), (5, 9, 7), (12, 120, 12))  # outlets, periods, themes
TITLE = {
    "en": "Themes over time: share of passages, corrected by passages that were coded",
    "ar": "المحاور عبر الزمن: نسبة الفقرات",
}
NOTE = (
    "Outlets differ in length; limits of 95 %, by week. 12 articles without a date are left out. "
)
PICTURES = list(studies(5, 9, 7))
# Small ones of each picture, each with another language and preset.
SAMPLE = [
    (name, SIZES[k % 2], ("ar", "en", "both")[k % 3], list(PRESETS)[(k + 1) % 4])
    for k, name in enumerate([*PICTURES, *PICTURES[::-1]])
]


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def drawn(name, size, lang, preset):
    """Return what is wrong with a picture, drawn as a study draws it."""
    if name not in (made := studies(*size)):
        return []
    table, options = made[name]
    draw, options = getattr(st.plots, name), dict(options)
    known = inspect.signature(draw).parameters
    for given, of in (("labels", THEMES), ("groups", OUTLETS)):
        if given in known:
            options[given] = names(of, lang)
    tables = (table, options.pop("breaks")) if name == "break_lines" else (table,)
    look = PRESETS[preset]
    with style(lang, page=look.page, least=look.least, **preset_settings(preset)):
        figure = draw(*tables, None, **options).figure
        fit(
            figure,
            look,
            "\n".join(TITLE.get(lang, "\n".join(TITLE.values())).split("\n")),
            NOTE * 2,
        )
        return faults(figure)


@pytest.mark.parametrize(("name", "size", "lang", "preset"), SAMPLE)
def test_pictures_hold(name, size, lang, preset):
    assert drawn(name, size, lang, preset) == []


def test_what_a_plot_says_below_its_panels_stands_beside_the_note():
    """A note took the place of "row less column", without which a matrix cannot be read."""
    assert drawn("differences", (5, 9, 7), "en", "screen") == []
    below = plt.gcf()._supxlabel.get_text()
    assert below.startswith("row less column") and "Outlets differ in length" in below


@pytest.mark.parametrize("lang", ["both", "ar", "en"])
def test_names_of_a_matrix_share_the_width_and_break_between_languages(lang):
    assert drawn("differences", (5, 9, 7), lang, "screen") == []
    names = {text.get_text() for text in plt.gcf().axes[0].get_yticklabels()}
    assert not any(
        line.strip("\u2066\u2067\u2069\u200f ").startswith("·")
        for name in names
        for line in name.split("\n")
    )


def test_the_check_sees_what_is_wrong():
    """Text out of the figure, over text, over a point, small, pale; marks alike."""
    with style():
        figure, ax = plt.subplots(figsize=(4, 3), layout="constrained")
        ax.plot([0, 1], [0, 1], "o", color="#0072B2", label="one")
        ax.plot([0, 1], [1, 0], "o", color="#0074B4", label="two")
        ax.legend(loc="center")
        ax.text(0, 0, "on a point", ha="center", va="center")
        ax.text(0.5, 1.0, "first text", fontsize=5)
        ax.text(0.5, 1.0, "second text", color="#BBBBBB")
        figure.text(0.95, 0.5, "out of the figure").set_in_layout(False)
        found = " ".join(faults(figure))
    for wrong in (
        "over marks: 'on a point'",
        "over text: 'first text'",
        "small (5.0)",
        "pale: second",
    ):
        assert wrong in found
    assert "outside: out of the figure" in found and "alike: one two" in found


def test_breaks_are_those_that_were_found_the_largest_first():
    trend, options = studies(2, 9, 2)["break_lines"]
    breaks = options["breaks"].assign(after=[0.15, 0.4])
    ax = st.plots.break_lines(trend, breaks)
    titles = [panel.get_title(loc="left") for panel in ax.figure.axes]
    assert [title.split("\n")[1] for title in titles] == ["outlet_1", "outlet_0"]
    none = st.plots.break_lines(trend, breaks.iloc[:0])
    assert [text.get_text() for text in none.texts] == ["No break was found"]


def test_contrasts_are_a_matrix_with_the_interval_and_q():
    table = pd.DataFrame(
        [
            {"a": a, "b": b, "theme": "aid", "difference": d, "low": d - 0.1, "high": d + 0.1, "q": 0.03}
            for a, b, d in (("x", "y", 0.12), ("x", "z", -0.2), ("y", "z", -0.32))
        ]
    )  # fmt: skip
    ax = st.plots.differences(table)
    assert next(text.get_text() for text in ax.texts) == "+.12\n[+.02, +.22]\nq .030"
    assert [t.get_text() for t in ax.get_yticklabels()] == ["x", "y"]
    assert len(ax.texts) == 3
