"""A small study with figures of its own, and a paper that is as hostile as can be."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from syriatopics.publish.model import Heading, Paper, Picture, Table, anchored
from syriatopics.study import open_study

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = (
    "=1+1", "a|b", "a & b", r"x \\ [y]", "{#st-data-1}", "5% $x$", "<script>", "[1]{#st-x}", "خبر 3", "",
    r"\input{/etc/passwd}", "* -", "~^_#", "a\\",
)  # fmt: skip


@pytest.fixture
def hostile_paper(tmp_path):
    picture = tmp_path / "01_x.png"
    shutil.copy(ROOT / "figures" / "02_removed.png", picture)

    def make(language="en", cells=HOSTILE):
        title = anchored("Of 5 words [x] & 95 %", "01_x-title", "s", language)
        table = Table("01_x", title, ("outlet", "share | n"), tuple((c, "0.25") for c in cells), 3)
        return Paper(
            r"A title: \end{document} 7",
            language,
            (
                Heading(anchored("Data # 1", "data-heading", "", language)),
                anchored(
                    "It holds 4,986 words; 2016-07-27, to 12.5% [of x](y).", "data", "c", language
                ),
                anchored("في المدونة 5 مقالات، أولها في 2016-07-27.", "data-ar", "c", "ar"),
                Picture("01_x", title, (picture,)),
                table,
            ),
        )

    return make


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The seeds, with two figures that no notebook has made."""
    folder = tmp_path_factory.mktemp("study")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(ROOT / "study.toml", folder)
    study = open_study(folder)
    shares = pd.DataFrame(
        {
            "outlet": ["amad", "alhal", "amad"],
            "theme": ["humanitarian", "humanitarian", "no such"],
            "share": [0.25, 1 / 3, float("nan")],
            "p": [0.04, 0.00001, float("nan")],
            "n_articles": [1200, 1, 0],
            "note": ["", "=cmd|' /C calc'!A0", ""],
        }
    )
    study.table(
        "31_shares", shares, title="Shares of 2 outlets", title_ar="حصص وسيلتين", note="Of 5."
    )
    study.table("32_empty", shares.head(0), title="Nothing")
    return study


@pytest.fixture
def manifest(study):
    return json.loads((study.folder / "figures" / "manifest.json").read_text(encoding="utf-8"))
