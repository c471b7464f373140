"""Pictures over time: what is drawn, and that labels have room."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.plots import style
from syriatopics.plots.events import chosen_events
from syriatopics.plots.panels import middles


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def planted(passages):
    world = st.World(
        themes={"humanitarian": 0.3, "political_transition": 0.2}, outlets={"first": (2, 1), "second": (1, 2)},
        effects=[st.Step("humanitarian", "2019-02-01", 0.4)], n_articles=500,
        start="2018-01-01", end="2019-12-31",
    )  # fmt: skip
    return st.score_themes(st.planted_corpus(passages, world).passages())


THEMES = ["humanitarian", "political_transition"]


@pytest.fixture(scope="module")
def trend(planted):
    return st.trend(planted, "M", by="outlet")


@pytest.fixture(scope="module")
def results(planted, trend):
    return {
        "trend": trend,
        "balance": st.trend(planted, "Q", balance=tuple(THEMES)),
        "breaks": st.changepoints(planted, by="outlet", themes=THEMES, n_permutations=99),
        "composition": st.decompose(planted, "Q", themes=THEMES),
        "smooth": st.smooth(planted, by="outlet", themes=THEMES),
        "interaction": st.interaction(planted, themes=THEMES),
        "leads": st.trends.lead_lag(planted, themes=THEMES),
        "event": st.event_test(planted, "2019-02-01", themes=THEMES, by="outlet"),
    }


NAMES = ["trend", "balance", "breaks", "composition", "smooth", "interaction", "leads", "event"]


def texts_overlap(figure, axes):
    """Return pairs of tick labels or titles of one axes that lie on each other."""
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    found = []
    for ax in axes:
        for labels in (ax.get_xticklabels(), ax.get_yticklabels()):
            boxes = [
                (t.get_text(), t.get_window_extent(renderer))
                for t in labels
                if t.get_text() and t.get_visible()
            ]
            found += [
                (a, b)
                for n, (a, one) in enumerate(boxes)
                for b, two in boxes[n + 1 :]
                if one.shrunk(0.98, 0.9).overlaps(two)
            ]
    return found


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_pictures_are_drawn_in_each_language_without_overlap(results, name, lang):
    with style(lang):
        ax = results[name].plot()
        assert texts_overlap(ax.figure, ax.figure.axes) == []


@pytest.mark.parametrize("name", NAMES)
def test_pictures_fit_into_given_axes(results, name):
    _, ax = plt.subplots()
    assert results[name].plot(ax) is ax


def test_panels_show_every_share(trend):
    ax = trend.plot(themes=["humanitarian"])
    panels = ax.figure.axes[:2]
    assert [panel.get_title(loc="left").split("\n")[0] for panel in panels] == ["first", "second"]
    for panel, outlet in zip(panels, ("first", "second"), strict=True):
        own = trend.table[
            (trend.table["outlet"] == outlet) & (trend.table["theme"] == "humanitarian")
        ]
        drawn = next(line for line in panel.lines if line.get_linestyle() == "None")
        np.testing.assert_allclose(np.asarray(drawn.get_ydata(), float), own["share"])


def test_many_themes_stand_in_rows(trend):
    figure = trend.plot().figure
    n = trend.table["theme"].nunique()
    assert len(figure.axes) == 2 * n
    assert [ax.get_title(loc="left")[:5] for ax in figure.axes[:2]] == ["first", "secon"]
    assert sum(bool(ax.get_ylabel()) for ax in figure.axes) == n


def test_what_would_be_a_hundred_panels_is_strips_of_colour(trend):
    many = pd.concat([trend.table.assign(outlet=f"o{k}") for k in range(9)], ignore_index=True)
    many = many.drop_duplicates(["outlet", "theme", "period"])
    figure = st.plots.trend_panels(many).figure
    assert len([ax for ax in figure.axes if ax.axison]) == trend.table["theme"].nunique()


def test_breaks_are_drawn_with_their_band(results):
    breaks = results["breaks"]
    assert len(breaks.table)
    figure = breaks.plot().figure
    titles = [ax.get_title(loc="left").split("\n")[-1] for ax in figure.axes if ax.axison]
    dates = [day for title in titles for day in title.split(", ")]
    own = breaks.table[breaks.table["outlet"] != "all"]
    assert sorted(dates) == sorted(str(day.date()) for day in own["date"])


def test_events_never_crowd():
    events = st.load_events()
    shown = chosen_events(events, 15000, 20000, 6.0)
    assert 8 <= len(shown) <= 14
    assert shown["day"].diff().min() >= 0.17 / 6.0 * 5000
    near = chosen_events(events, 17560, 17680, 6.0)
    assert near["date"].between("2018-01-29", "2018-05-29").all()
    heaviest = events[events["date"].between("2011-01-27", "2024-10-04") & (events["weight"] == 3)]
    assert set(shown["weight"]) == {3}
    assert len(heaviest) >= len(shown)


@pytest.mark.parametrize("lang", ["en", "ar", "both"])
def test_events_are_numbered_and_named_beside(results, lang):
    with style(lang):
        ax = results["balance"].plot(events=st.load_events())
        key = [text.get_text() for legend in ax.figure.legends for text in legend.get_texts()]
        numbers = [text.get_text() for text in ax.texts]
    assert len(key) == len(numbers) > 3
    assert all(" · 201" in text for text in key) == (lang != "ar")
    assert all(re.search("[ء-ي]", text) for text in key) == (lang != "en")


def test_no_event_is_no_key(results):
    none = st.load_events().iloc[:0]
    ax = results["balance"].plot(events=none)
    assert ax.figure.legends == []


def test_middles_of_periods():
    found = middles(["2018", "2018-03", "2018Q1", "2018-03-05/2018-03-11", "2018-03-07"])
    assert [day.date().isoformat() for day in found] == [
        "2018-07-02", "2018-03-16", "2018-02-14", "2018-03-08", "2018-03-07",
    ]  # fmt: skip


def test_the_calendar_has_a_cell_per_month_and_per_day(planted, trend):
    ax = st.plots.calendar_heat(trend.table, theme="humanitarian")
    field = ax.images[0].get_array()
    assert field.shape == (2, 12)
    first = trend.table.query(
        "theme == 'humanitarian' and outlet == 'first' and period == '2018-03'"
    )
    assert field[0, 2] == pytest.approx(first["share"].iloc[0])
    daily = st.trend(planted, "D")
    grid = st.plots.calendar_heat(daily.table, theme="humanitarian").images[0].get_array()
    assert grid.shape[0] == 7
    assert int((~np.ma.getmaskarray(np.ma.masked_invalid(grid))).sum()) <= 800


def test_parts_of_a_change_are_stacked_to_the_whole(results):
    table = results["composition"].table
    ax = results["composition"].plot(themes=["humanitarian"])
    heights = sum(bar.get_height() for bar in ax.patches)
    total = table[(table["theme"] == "humanitarian") & (table["part"] == "total")]["change"].sum()
    assert heights == pytest.approx(total)


def test_dates_of_tables_survive_rounding(results):
    rounded = results["breaks"].rounded(2).table
    assert pd.api.types.is_datetime64_any_dtype(rounded["date"])
    assert (rounded["before"].round(2) == rounded["before"]).all()
