"""Comparing figures: bytes where the versions agree, tables with a tolerance where they do not."""

import hashlib
import json

import pytest

from syriatopics.errors import StudyError
from syriatopics.study.check import compare_figures

TABLE = "outlet,share,n\namad,0.250000,4\nalhal,0.500000,8\n"


def write(folder, table=TABLE, svg="<svg/>", versions="3.11", name="01_x"):
    folder.mkdir(exist_ok=True)
    sha = {}
    for suffix, text in (("csv", table), ("svg", svg)):
        (folder / f"{name}.{suffix}").write_text(text, encoding="utf-8")
        sha[suffix] = hashlib.sha256(text.encode()).hexdigest()
    manifest = {
        "versions": {"matplotlib": versions},
        "corpus_fingerprint": "a",
        "random_state": 7,
        "figures": {name: {"sha256": sha}},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture
def folders(tmp_path):
    return lambda **new: (write(tmp_path / "old"), write(tmp_path / "new", **new))


def test_the_same(folders):
    assert compare_figures(*folders()) == []


@pytest.mark.parametrize(
    ("new", "line"),
    [
        ({"svg": "<svg> </svg>"}, "01_x: svg differ; the table is the same"),
        (
            {"table": TABLE.replace("0.25", "0.26")},
            "01_x: 1 of 2 values of 'share' differ (row 0: '0.250000' → '0.260000'), by up to 0.01",
        ),
        ({"table": TABLE + "x,1,1\n"}, "01_x: 2 rows in the manifest, 3 now"),
        (
            {"table": TABLE.replace("share", "part")},
            "01_x: columns were outlet, share, n; they are outlet, part, n",
        ),
        (
            {"table": TABLE.replace("amad", "noonpost")},
            "01_x: 1 of 2 values of 'outlet' differ (row 0: 'amad' → 'noonpost')",
        ),
    ],
)
def test_what_differs_and_how(folders, new, line):
    assert compare_figures(*folders(**new)) == [line]


def test_other_versions_may_differ_in_pixels_and_in_the_last_digit(folders):
    told = []
    new = {"svg": "other", "table": TABLE.replace("0.250000", "0.250001"), "versions": "3.12"}
    assert compare_figures(*folders(**new), tell=told.append) == []
    assert "matplotlib 3.11 → 3.12" in told[0]


def test_other_versions_may_not_differ_in_what_the_table_says(folders):
    new = {"table": TABLE.replace("0.250000", "0.260000"), "versions": "3.12"}
    assert "'share' differ" in compare_figures(*folders(**new))[0]


def test_a_file_changed_by_hand_is_found(folders):
    old, new = folders()
    (old / "01_x.svg").write_text("edited")
    assert compare_figures(old, new) == ["01_x: svg on disk: not what the manifest says"]


def test_figures_that_came_or_went(tmp_path):
    old, new = write(tmp_path / "old"), write(tmp_path / "new", name="02_y")
    assert compare_figures(old, new) == ["01_x: is not made any more", "02_y: not in the manifest"]


def test_no_manifest_is_said(tmp_path):
    with pytest.raises(StudyError, match=r"manifest\.json is missing"):
        compare_figures(tmp_path, tmp_path)
