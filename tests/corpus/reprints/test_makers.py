"""Whose text a shared copy is: said on evidence, else unknown."""

from copied_texts import article

from syriatopics import Corpus


def rows_of(reprints):
    return reprints.table.set_index("article_id")


def test_a_credited_copy_tells_whose_text_the_others_are(planted):
    rows = rows_of(planted.reprints())
    assert rows["production"].eq("wire").all()
    assert rows["origin"].eq("afp").all()
    assert (
        "stand in amad-1 (Amad), which is wire (line 3: (أ ف ب))" in rows.loc["noon-1", "evidence"]
    )


def test_a_long_report_that_holds_a_wire_paragraph_is_not_wire(writer):
    wire = writer.sentences(3)
    corpus = Corpus(
        [
            article("w", wire, "amad", production="wire", origin="afp"),
            article("r", [*writer.sentences(10), *wire], "alhal"),
        ]
    )
    rows = rows_of(corpus.reprints())
    assert rows.loc["r", "production"] == "unknown"
    assert rows.loc["r", "similarity"] == 1
    assert rows.loc["r", "copied"] < 0.3


def test_to_be_first_makes_nobody_the_author(writer):
    story = writer.sentences(5)
    corpus = Corpus(
        [article("a", story, "amad", "2016-07-27"), article("b", story, "alhal", "2016-07-29")]
    )
    rows = rows_of(corpus.reprints())
    assert rows["production"].eq("unknown").all()
    assert "near copies stand in alhal, and none says whose text it is" in rows.loc["a", "evidence"]


def test_a_text_that_an_outlet_calls_its_own_is_republished_elsewhere(writer):
    story = writer.sentences(5)
    own = {"production": "own", "evidence": {"production": "people speak to it"}}
    corpus = Corpus(
        [
            article("a", story, "amad", "2016-07-27", **own),
            article("b", story, "alhal", "2016-07-29"),
            article("c", story, "noonpost", "2016-07-20"),
        ]
    )
    rows = rows_of(corpus.reprints())
    assert rows["production"].to_dict() == {"a": "own", "b": "republished", "c": "unknown"}
    assert rows.loc["b", "origin"] == "amad"


def test_pages_that_say_own_beside_a_credited_copy_are_counted(writer):
    story = writer.sentences(5)
    corpus = Corpus(
        [
            article("a", story, "amad", production="own"),
            article("b", story, "alhal", production="wire", origin="afp"),
        ]
    )
    reprints = corpus.reprints()
    assert rows_of(reprints).loc["a", "production"] == "own"
    assert any("1 articles that pages call their own" in note for note in reprints.notes)


def test_agencies_without_a_name(writer):
    story = writer.sentences(5)
    corpus = Corpus([article("a", story, "amad", production="wire"), article("b", story, "alhal")])
    reprints = corpus.reprints()
    assert reprints.clusters["agency"].tolist() == ["unnamed"]
    assert rows_of(reprints).loc["b", ["production", "origin"]].tolist() == ["wire", None]


def test_an_agency_that_is_named_goes_before_one_that_is_not(writer):
    story = writer.sentences(5)
    corpus = Corpus(
        [
            article("a", story, "amad", production="wire"),
            article("b", story, "noonpost", production="wire", origin="afp"),
            article("c", story, "alhal"),
        ]
    )
    assert rows_of(corpus.reprints()).loc["c", "origin"] == "afp"
