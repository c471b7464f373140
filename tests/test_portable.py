"""The driver of ``make portable``: a part of it in the slow tests, and its comparisons."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

PATH = Path(__file__).parent / "drivers" / "portable.py"


@pytest.fixture(scope="module")
def portable():
    sys.path.insert(0, str(PATH.parent))
    spec = importlib.util.spec_from_file_location("portable", PATH)
    module = importlib.util.module_from_spec(spec)
    sys.modules["portable"] = module
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(PATH.parent))


def test_a_cell_that_differs_is_named(portable, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, value in ((old, "0.5"), (new, "0.6")):
        folder.mkdir()
        (folder / "1_x.csv").write_text(f"outlet,share\na,0.1\nb,{value}\n")
        (folder / "1_x.svg").write_text("same")
    assert portable.compare_figures(old, new) == ["1_x.csv differs: row 1, share: 0.5 against 0.6"]
    assert portable.compare_figures(old, old) == []


def test_models_are_compared_by_value_and_by_what_comes_first(portable, tmp_path):
    theta = np.array([[0.6, 0.4], [0.5, 0.5]])
    words = np.array(["x", "y"])
    changed = {
        "same": (theta, words),
        "noise": (theta + 1e-13, words),
        "moved": (theta + 1e-6, words),
        "named": (theta, words[::-1]),
    }
    for name, (values, terms) in changed.items():
        np.savez(tmp_path / f"{name}.npz", nmf_theta=values, nmf_words=terms)
    same = tmp_path / "same.npz"
    assert portable.compare_models(same, tmp_path / "noise.npz") == []
    assert "off by up to 1e-06" in portable.compare_models(same, tmp_path / "moved.npz")[0]
    assert portable.compare_models(same, tmp_path / "named.npz") == ["nmf_words: 2 of 2 words"]


def test_a_kernel_that_is_tried_already_is_left_out_and_named(portable):
    settings, left = portable.settings_of(["Nehalem", "Nehalem"], [])
    assert sum(s.name.startswith("Nehalem") for s in settings) <= 1
    assert any("Nehalem" in line for line in left)


@pytest.mark.slow
def test_figures_that_draw_random_numbers_are_equal_under_two_kernels(portable, capsys):
    given = ["--this-python", "--kernels", "Haswell", "Nehalem", "--only", "05_planted"]
    assert portable.main(given) == 0, capsys.readouterr().out
