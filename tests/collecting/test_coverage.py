"""What was named, had and lost adds up, and goes into the corpus statement."""

import pytest
from typer.testing import CliRunner
from web import Maps, World

from syriatopics import read_corpus
from syriatopics.cli import app
from syriatopics.collecting import Limits, collect

pytestmark = pytest.mark.needs("collect")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    maps = Maps(60, 30)

    def lost(url, headers):
        return (404, {}, b"") if url.endswith(("/news/3", "/news/4")) else maps(url, headers)

    world = World({maps.host: lost})
    folder = tmp_path_factory.mktemp("coverage") / "out"
    return collect(
        "https://maps.example/",
        folder,
        contact="me@example.org",
        world=world,
        limits=Limits(pages=60),
    )


def test_every_address_stands_in_one_column(found):
    cover = found.coverage
    n = cover.table[["named", "left", "waiting", "failed", "aside", "kept", "articles"]].sum()
    assert n["named"] == 60 == n["left"] + n["waiting"] + n["failed"] + n["aside"] + n["kept"]
    assert n["failed"] == 2 and n["waiting"] > 0 and n["kept"] == n["articles"] > 40
    assert "status 404" in set(cover.reasons["reason"])
    dated = cover.table[cover.table["month"] != "(no day)"]
    assert dated["articles"].sum() == n["articles"]
    assert cover.sources["terms"].str.contains("texts stay the outlet's own").all()
    keys = {text.get_text() for text in cover.plot().get_legend().get_texts()}
    assert {"named by a source", "page kept", "read as an article"} <= keys


def test_it_goes_into_the_corpus_statement(found):
    corpus = read_corpus(found.pages, selection=found.selection())
    text = corpus.summary().text
    assert "Chosen by: every article" in text and "collected from sitemaps; not had: 2" in text
    assert "terms: Offered to be read by programs; the texts stay the outlet's own)" in text


def test_report_on_the_command_line(found):
    said = CliRunner().invoke(app, ["collect", "report", str(found.folder)])
    assert (
        said.exit_code == 0 and "60 addresses named" in said.stdout and "status 404" in said.stdout
    )


def test_a_study_of_what_was_collected_says_how_it_was_chosen(found, tmp_path):
    from syriatopics.study import new_study, open_study

    options = open_study(new_study(tmp_path / "study", found.folder)).options
    assert options.selection.query == "every article"
    (output,) = options.selection.output
    assert output.outlet == "maps-example" and output.n_articles > 40
    assert options.corpus.path.endswith("out/pages")
