import time

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.plots import label, say, style

RLM, LRI, PDI = "\u200f", "\u2066", "\u2069"


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("سوريا", "سوريا"),
        ("Syria", "Syria"),
        ("BBC عربي", f"{RLM}{LRI}BBC{PDI} عربي"),
        ("سوريا 2016–2024", f"سوريا {LRI}2016–2024{PDI}"),
        ("000_c20d… نون بوست", f"{RLM}{LRI}000_c20d…{PDI} نون بوست"),
        ("5 $ دولار", f"{LRI}5{PDI} \\$ دولار"),
        ("تركيا Türkiye و Erdoğan", f"تركيا {LRI}Türkiye{PDI} و {LRI}Erdoğan{PDI}"),
        ("تركيا Tu\u0308rkiye", f"تركيا {LRI}Tu\u0308rkiye{PDI}"),
        ("النظام: gang, criminal regime", f"النظام: {LRI}gang, criminal regime{PDI}"),
        ("قسد (SDF, PYD)", f"قسد ({LRI}SDF, PYD{PDI})"),
        ("حلب −0.24 إلى 45%", f"حلب {LRI}−0.24{PDI} إلى {LRI}45%{PDI}"),
        ("أمد 12–17 و2018-02-18", f"أمد {LRI}12–17{PDI} و{LRI}2018-02-18{PDI}"),
        ("أمد ونون (2019-01 to 2021-09)", f"أمد ونون ({LRI}2019-01 to 2021-09{PDI})"),
        ("أمد p = .046", f"أمد {LRI}p{PDI} = {LRI}.046{PDI}"),
        ("حلب\u202e abc", f"حلب {LRI}abc{PDI}"),
        ("Title\nعنوان", "Title\nعنوان"),
        (3, "3"),
    ],
)
def test_label(text, out):
    assert label(text) == out


def test_a_long_title_of_digits_is_directed_in_no_time():
    started = time.process_time()
    for hostile in ("1" * 20_000, "a1-" * 7_000, "a, " * 7_000, "1.1" * 7_000):
        label(f"سوريا {hostile} سوريا")
    assert time.process_time() - started < 2


@given(some.text(alphabet=some.sampled_from("سوريا abZü019_-–.,%( )\n")))
def test_label_keeps_every_letter_in_order(text):
    kept = [c for c in label(text) if c not in (RLM, LRI, PDI)]
    assert "".join(kept) == text


def test_language_of_a_figure():
    with style("ar"):
        assert say("share", "نسبة") == "نسبة"
    with style("both"):
        assert say("share", "نسبة") == "share\nنسبة"
    assert say("share", "نسبة") == "share"
    with pytest.raises(st.errors.InputError, match="Choices: 'ar', 'both', 'en'"), style("fr"):
        pass


def test_style_leaves_nothing_behind():
    before = dict(mpl.rcParams)
    with style("ar"):
        pass
    assert dict(mpl.rcParams) == before


def test_arabic_is_joined_and_runs_from_right_to_left():
    """The engine gets raw letters; it must give joined forms, the last letter leftmost."""
    from matplotlib import font_manager, ft2font

    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    font.set_size(20, 72)
    font.set_text(label("سوريا"))
    wide, _ = font.get_width_height()
    parts = []
    for letter in "سوريا":
        font.set_text(letter)
        parts.append(font.get_width_height()[0])
    assert wide < sum(parts), "joined letters take less room than isolated ones"
    assert ft2font.__libraqm_version__


def test_single_articles_get_points_without_bars(scores):
    ax = st.prevalence(scores).plot()
    segments = [np.asarray(s, dtype=float) for c in ax.collections for s in c.get_segments()]
    assert segments
    assert all(np.isnan(segment).any() or not segment.size for segment in segments)


def test_no_line_between_single_articles(scores):
    ax = st.trend(scores, period="Y").plot()
    for line in ax.lines:
        if line.get_linestyle() != "None":
            assert np.isnan(np.asarray(line.get_ydata(), dtype=float)).all()


def test_many_articles_are_drawn_as_numbers_per_month():
    days = pd.date_range("2018-01-01", periods=60, freq="7D")
    table = pd.DataFrame(
        {
            "article_id": range(60),
            "date_printed": days,
            "earliest": days,
            "latest": days,
            "date_status": "printed",
        }
    )
    ax = st.plots.timeline(table)
    assert sum(bar.get_height() for bar in ax.patches) == 60


def test_every_result_has_a_picture(seeds, scores, dtm):
    results = [seeds.date_audit(), seeds.summary(), scores,
               st.prevalence(scores, production="all"), st.trend(scores, "Y", production="all"),
               st.keyness(dtm, "noonpost", "alhal", production="all"), st.NMF(n_topics=3).fit(dtm)]  # fmt: skip
    for result in results:
        assert result.plot() is not None
        assert 'dir="rtl"' in result._repr_html_()


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    import matplotlib.pyplot as plt

    plt.close("all")


def test_shares_of_nothing_are_no_error():
    table = pd.DataFrame(columns=["outlet", "label", "share", "low", "high", "n_articles"])
    panel = st.plots.shares(table, by="outlet", of="mentions")
    assert [text.get_text() for text in panel.texts]
