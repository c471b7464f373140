import pytest

from syriatopics.corpus.parse.publishers import load_publishers
from syriatopics.corpus.read.cells import flat
from syriatopics.corpus.read.columns import check_columns, choose_columns
from syriatopics.corpus.read.headings import name_key
from syriatopics.corpus.read.survey import survey
from syriatopics.errors import CorpusError

TEXT = "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء في نيويورك."
VALUES = {"url": "https://example.org/a/1", "date": "2016-04-28", "n": "3"}


def choose(*rows, asked=None, name="a.csv"):
    return choose_columns(
        name,
        survey(map(flat, rows)),
        asked or {},
        lambda cell: load_publishers().outlet_named(cell) is not None,
    )


def fields(*rows, **asked):
    return choose(*rows, asked=asked).fields


def test_usual_names_are_guessed_and_said():
    chosen = choose({"ID": "7", "Headline": "خبر", "body": TEXT, "source": "جريدة", "x": "y"})
    assert chosen.fields == {
        "text": "body",
        "article_id": "ID",
        "title": "Headline",
        "outlet": "source",
    }
    assert chosen.notes[0] == (
        "a.csv: columns guessed: text from 'body', article_id from 'ID', title from 'Headline', "
        "outlet from 'source'."
    )
    assert chosen.notes[1].startswith("a.csv: no column for date. Not used: 'x'")


@pytest.mark.parametrize(
    "name", ["Publish Date", "publish_date", "publishDate", "PUBLISH-DATE", "\ufeffpublish date"]
)
def test_case_blanks_and_strokes_of_names_do_not_count(name):
    assert fields({"text": TEXT, name: "2016-04-28"})["date_printed"] == name


@pytest.mark.parametrize(
    "names",
    [
        ("النص", "التاريخ", "المصدر", "العنوان"),
        ("نص الخبر", "تاريخ النشر", "اسم الصحيفة", "عنوان الخبر"),
        ("متن المقال", "تاريخ", "الجريدة", "عنوان المقال"),
    ],
)
def test_arabic_headings(names):
    row = dict(zip(names, (TEXT, "28/4/2016", "جريدة ما", "خبر قصير"), strict=True))
    found = fields(row)
    assert [found[f] for f in ("text", "date_printed", "outlet", "title")] == list(names)


def test_of_two_usual_names_the_surer_one_wins_and_the_other_is_named():
    chosen = choose({"content": TEXT, "text": TEXT})
    assert chosen.fields["text"] == "text"
    assert "could also be meant: text from 'content'" in " ".join(chosen.notes)
    assert "could also be text" in {c.column: c.why for c in chosen.table}["content"]


def test_a_snippet_gives_way_to_the_text():
    assert fields({"text": TEXT[:20], "content": TEXT * 4})["text"] == "content"


def test_an_address_in_a_column_called_source_is_an_address():
    page = {"text": TEXT, "source": "https://example.org/2016/story-1", "site": "جريدة ما"}
    assert fields(page) == {"text": "text", "url": "source", "outlet": "site"}
    chosen = choose({"text": TEXT, "link": "https://a.org/1", "source": "https://b.org/story-1"})
    assert "outlet" not in chosen.fields
    why = {c.column: c.why for c in chosen.table}["source"]
    assert "called like" in why or "could also be url" in why


def test_the_address_of_a_site_is_an_outlet():
    assert (
        fields({"text": TEXT, "source_url": "https://www.example.org/"})["outlet"] == "source_url"
    )


@pytest.mark.parametrize("value", ["soon", "Damascus", "https://example.org/x/1"])
def test_what_holds_no_dates_is_no_date(value):
    assert "date_printed" not in fields({"text": TEXT, "date": value})


@pytest.mark.parametrize(
    "value",
    [
        "2016-04-28",
        "٢٨/٤/٢٠١٦",
        "28 نيسان 2016",
        "Apr 28, 2016",
        1461801600,
        42488,
        "20160428T173000Z",
        2016,
    ],
)
def test_what_can_stand_for_a_time_is_a_date(value):
    assert fields({"text": TEXT, "date": value})["date_printed"] == "date"


@pytest.mark.parametrize(
    "name", ["date_modified", "Last updated", "crawl_date", "filedate", "تاريخ التحديث"]
)
def test_the_day_of_a_download_or_an_update_is_no_day_of_publication(name):
    assert "date_printed" not in fields({"text": TEXT, name: "2024-01-01"})


def test_columns_are_those_of_all_rows():
    found = fields({"text": TEXT}, {"text": TEXT, "date": "2016-04-28", "outlet": "جريدة"})
    assert found == {"text": "text", "outlet": "outlet", "date_printed": "date"}


def test_content_tells_where_no_name_does():
    found = fields(
        {"a": "7", "b": "2016-04-28", "c": "https://x.org/p/1", "d": TEXT, "e": "صحيفة عنب بلدي"}
    )
    assert found == {"text": "d", "url": "c", "outlet": "e", "date_printed": "b"}


def test_an_empty_column_is_none():
    chosen = choose({"text": TEXT, "title": None, "id": "", "headline": "خبر"})
    assert chosen.fields == {"text": "text", "title": "headline"}
    assert {c.column: c.why for c in chosen.table}["title"] == "left out: empty"


def test_every_other_column_is_kept_under_a_name_that_is_free():
    chosen = choose(
        {"text": TEXT, "genre": "رأي", "desk": "a", "date": "2016-01-02", "n_words": 7, "end": 3}
    )
    assert chosen.fields["genre"] == "genre"
    assert chosen.kept == {"desk": "desk", "n_words": "given_n_words", "end": "given_end"}
    assert chosen.numeric == {"n_words", "end"}


SHAPES = {
    "trafilatura": {"hostname": "x.org", "fingerprint": "1", "source": "https://x.org/a/1", "text": TEXT},
    "newspaper4k": {"publish_date": "2016-04-28", "top_image": "x", "text": TEXT, "source_url": "https://x.org"},
    "news-please": {"maintext": TEXT, "date_publish": "2016-04-28", "source_domain": "x.org", "date_download": "2024-01-01"},
    "NewsAPI": {"publishedAt": "2016-04-28T05:00:00Z", "source": {"id": None, "name": "x"}, "content": TEXT},
    "Event Registry": {"source": {"uri": "x.org", "title": "x"}, "body": TEXT, "date": "2016-04-28", "uri": "1"},
    "Media Cloud": {"publish_date": "2016-04-28", "media_name": "x", "text": TEXT, "indexed_date": "2024-01-01"},
    "GDELT": {"seendate": "20160428T173000Z", "domain": "x.org", "text": TEXT, "sourcecountry": "Syria"},
    "AMCAT": {"medium": "x", "headline": "خبر", "text": TEXT, "date": "2016-04-28"},
    "LexisNexisTools": {"Source_File": "a", "Newspaper": "x", "Article": TEXT, "Date": "2016-04-28"},
    "Telegram": {"message": TEXT, "channel": "x", "date": "2016-04-28 05:00:00+00:00"},
    "ProQuest": {"pubtitle": "x", "fulltext": TEXT, "pubdate": "Apr 28, 2016"},
    "goose3": {"cleaned_text": TEXT, "publish_date": "2016-04-28", "domain": "x.org"},
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_known_exports_are_recognised(shape):
    chosen = choose(SHAPES[shape])
    assert f"like an export of {shape}" in chosen.notes[0]
    assert {"text", "outlet"} <= set(chosen.fields)
    if shape != "trafilatura":
        assert chosen.fields["date_printed"] not in ("date_download", "indexed_date")


def test_a_text_in_pieces_is_known_by_its_shape():
    chosen = choose({"HD": "خبر", "LP": TEXT, "TD": TEXT, "SN": "x", "PD": "28 April 2016"})
    assert chosen.joined == ("LP", "TD")
    assert chosen.fields["title"] == "HD"


def test_what_is_asked_for_is_not_said_to_be_guessed():
    chosen = choose(
        {"corps": TEXT, "text": "x"}, asked={"text": "corps", "outlet": None, "date_printed": None}
    )
    assert chosen.fields == {"text": "corps"}
    assert chosen.notes == ()


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
        choose(dict.fromkeys(columns, "x"), asked=asked)


def test_an_unknown_field_names_the_fields():
    with pytest.raises(
        CorpusError, match="'verlag' is no field of an article. Fields: 'article_id'"
    ):
        check_columns({"verlag": "x"})


def test_the_key_of_a_name_keeps_what_leads_inside():
    assert name_key("Source.Name") == "source.name"
