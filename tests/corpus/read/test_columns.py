from pathlib import Path

import pytest

from syriatopics.corpus.read.columns import check_columns, map_columns
from syriatopics.errors import CorpusError

HERE = Path("a.csv")


def test_usual_names_are_guessed_and_said():
    mapping, note = map_columns(HERE, ["ID", "Headline", "body", "source", "x"], {})
    assert mapping == {"text": "body", "article_id": "ID", "title": "Headline", "outlet": "source"}
    assert (
        note
        == "a.csv: columns guessed: text from 'body', article_id from 'ID', title from 'Headline', outlet from 'source'."
    )


def test_arabic_names_and_a_mark_at_the_start_of_the_file():
    assert map_columns(HERE, ["\ufeffالنص", "التاريخ"], {})[0] == {
        "text": "\ufeffالنص",
        "date_printed": "التاريخ",
    }


def test_of_two_usual_names_the_surer_one_wins():
    assert map_columns(HERE, ["content", "text"], {})[0]["text"] == "text"


def test_what_is_asked_for_is_not_said_to_be_guessed():
    mapping, note = map_columns(HERE, ["corps", "text"], {"text": "corps", "outlet": None})
    assert mapping == {"text": "corps"}
    assert note is None


@pytest.mark.parametrize(
    ("columns", "asked", "message"),
    [
        (["a", "b"], {}, r"a\.csv: no column holds the text. Columns here: 'a', 'b'."),
        (["text"], {"outlet": "journal"}, "no column 'journal' for outlet. Columns here: 'text'"),
        (["text"], {"text": None}, "no column holds the text"),
    ],
)
def test_missing_columns_are_named_with_those_that_exist(columns, asked, message):
    with pytest.raises(CorpusError, match=message):
        map_columns(HERE, columns, asked)


def test_an_unknown_field_names_the_fields():
    with pytest.raises(
        CorpusError, match="'verlag' is no field of an article. Fields: 'article_id'"
    ):
        check_columns({"verlag": "x"})
