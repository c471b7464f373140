"""Sizes that journals ask for, fonts by name, and colours that survive print and eyes."""

import io
import itertools

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError
from syriatopics.plots.fitting import fit
from syriatopics.plots.presets import PRESETS, font_settings, preset_settings
from syriatopics.plots.style import COLOURS, style
from tests.plots.geometry import BLINDNESS, linear

TABLE = pd.DataFrame({"word": ["سوريا", "المجلس", "الأمم المتحدة"], "n": [9, 5, 3]})


def saved(preset):
    with style("both", **preset_settings(preset)):
        figure = st.plots.bars(TABLE, name="word", value="n").figure
        fit(figure, PRESETS[preset])
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png")
    return mpl.image.imread(io.BytesIO(buffer.getvalue())), figure


@pytest.mark.parametrize("name", [name for name, p in PRESETS.items() if p.width])
def test_a_figure_has_the_width_that_was_asked_for(name):
    pixels, figure = saved(name)
    preset = PRESETS[name]
    assert pixels.shape[1] == pytest.approx(preset.width * preset.dpi, abs=1)
    sizes = {text.get_fontsize() for text in figure.axes[0].get_yticklabels()}
    assert sizes == {preset.text}


def test_nothing_is_cut_off_at_the_edge():
    for name in ("one_column", "two_columns", "slide"):
        pixels, _ = saved(name)
        edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        assert (edge[:, :3] > 0.99).all(), name


def test_an_unknown_preset_names_the_choices():
    with pytest.raises(InputError, match="'poster' is not known. Presets: 'one_column'"):
        preset_settings("poster")


def test_a_font_is_looked_up_and_dejavu_fills_what_it_lacks():
    assert font_settings("DejaVu Serif") == {"font.family": ["DejaVu Serif", "DejaVu Sans"]}
    assert font_settings("DejaVu Sans") == {"font.family": ["DejaVu Sans"]}


def test_a_font_that_is_missing_says_where_to_put_it(tmp_path):
    with pytest.raises(InputError, match=r"'DejaVu Sansa' is not installed. Put its \.ttf"):
        font_settings("DejaVu Sansa", tmp_path / "fonts")


@pytest.mark.parametrize("kind", [0, 1])
def test_the_first_five_colours_are_told_apart_by_colour_blind_readers(kind):
    seen = [np.clip(np.array(BLINDNESS[kind]) @ linear(c), 0, 1) ** (1 / 2.2) for c in COLOURS[:5]]
    for a, b in itertools.combinations(seen, 2):
        assert np.linalg.norm(a - b) > 0.12


def test_two_outlets_are_told_apart_in_grey():
    grey = [float(linear(c) @ [0.2126, 0.7152, 0.0722]) ** (1 / 2.2) for c in COLOURS[:2]]
    assert abs(grey[0] - grey[1]) > 0.2
