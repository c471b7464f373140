import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.corpus.selection import Rate, read_selection
from syriatopics.errors import CorpusError

STATED = """
[selection]
query = "سوريا OR سورية"
source = "the archive of the outlet"
precision = { hits = 188, checked = 200 }
recall = { hits = 45, checked = 60 }

[[selection.output]]
outlet = "amad"
start = 2016-07-01
end = 2016-07-31
n_articles = 400
source = "sitemap"

[[selection.gaps]]
outlet = "amad"
start = 2016-07-10
end = 2016-07-12
reason = "the site was down"
"""


@pytest.fixture
def selection(tmp_path):
    path = tmp_path / "study.toml"
    path.write_text(STATED, encoding="utf-8")
    return read_selection(path)


def test_what_is_stated_is_said(selection):
    assert selection.sentences() == [
        "Chosen by: سوريا OR سورية (the archive of the outlet).",
        "Precision of the query: 0.94 (0.90 to 0.97; 188 of 200 checked by hand).",
        "Recall of the query: 0.75 (0.63 to 0.84; 45 of 60 checked by hand).",
    ]
    assert str(selection.gaps[0].start) == "2016-07-10"


def test_what_is_not_stated_is_said_too():
    assert read_selection({}).sentences() == ["How the articles were chosen is not stated."]
    assert "Recall of the query: not checked." in read_selection({"query": "x"}).sentences()


def test_the_share_of_the_whole_output_counts_both_ends_of_a_period(selection):
    when = [
        pd.Timestamp(day) for day in ("2016-06-30", "2016-07-01", "2016-07-31 23:59", "2016-08-01")
    ]
    table = pd.DataFrame({"outlet": "amad", "when": [*when, pd.NaT]})
    (row,) = selection.coverage(table).itertuples(index=False)
    assert (row.outlet, row.n_articles, row.n_published, row.share, row.source) == (
        "amad",
        2,
        400,
        0.005,
        "sitemap",
    )


@given(some.integers(1, 500).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n))))
def test_an_interval_holds_its_share(pair):
    rate = Rate.of(*pair)
    assert 0 <= rate.low <= rate.share + 1e-12
    assert rate.share <= rate.high + 1e-12
    assert rate.high <= 1


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"querry": "x"}, "selection: querry: Extra inputs"),
        ({"precision": {"hits": 5, "checked": 3}}, "precision: .*5 hits of 3 checked"),
        ({"gaps": [{"start": "2016-02-01", "end": "2016-01-01"}]}, "gaps.0: .*is before the start"),
        ({"output": [{"outlet": "amad"}]}, "output.0.start: Field required"),
    ],
)
def test_what_cannot_be_is_named(stated, message):
    with pytest.raises(CorpusError, match=message):
        read_selection(stated)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(CorpusError, match="No file at"):
        read_selection(tmp_path / "x.toml")
    (tmp_path / "x.toml").write_text("[a", encoding="utf-8")
    with pytest.raises(CorpusError, match="not a TOML file"):
        read_selection(tmp_path / "x.toml")
