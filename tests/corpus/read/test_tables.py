import csv
import gc
import gzip
import io
import json

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus.ingest import ingest
from syriatopics.corpus.read import tables
from syriatopics.corpus.read.source import Source
from syriatopics.errors import CorpusError

TEXT = "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء."


def rows(n):
    return [{"id": f"a{i}", "text": f"{TEXT} {i}"} for i in range(n)]


def jsonl(items):
    return "\n".join(json.dumps(item, ensure_ascii=False) for item in items)


def read(path):
    source = Source(path)
    return list(source.documents()), source


def test_a_damaged_json_line_is_named_counted_and_passed_over(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        jsonl(rows(3)) + "\n{broken\n\n[1, 2]\n" + json.dumps(rows(5)[4]), encoding="utf-8"
    )
    documents, reader = read(path)
    assert [d.article_id for d in documents] == ["a0", "a1", "a2", "a4"]
    assert reader.boundary.counts == {"malformed line": 2}
    assert reader.skips() == [
        "a.jsonl: 2 skipped: malformed line (a.jsonl line 4, a.jsonl line 6)."
    ]


def test_json_nested_without_end_is_a_damaged_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("[" * 100_000 + "\n" + jsonl(rows(1)), encoding="utf-8")
    documents, reader = read(path)
    assert len(documents) == 1
    assert reader.boundary.counts["malformed line"] == 1


def test_half_a_character_is_replaced_not_fatal(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "سوريا \\ud800 روسيا"}', encoding="utf-8")
    (article,) = st.read_corpus(path)
    assert article.raw == "سوريا \ufffd روسيا"


@pytest.mark.parametrize(
    "of",
    [
        list,
        lambda held: pd.DataFrame(held, dtype=object),
        lambda held: [row["text"] for row in held],
    ],
)
def test_half_a_character_in_memory_is_replaced_wherever_it_goes(of):
    held = [{"text": "سوريا \udcff روسيا", "outlet": "أمد\ud800", "desk": "ا\udc00"}]
    corpus = st.read_corpus(of(held))
    assert corpus.passages().table["text"].tolist() == ["سوريا \ufffd روسيا"]
    assert "\ud800" not in corpus.table.to_csv() and "\udc00" not in corpus.table.to_csv()


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_a_truncated_archive_gives_what_stands_before(tmp_path, kind):
    path = tmp_path / f"a.{kind}.gz"
    items = rows(4000)
    text = jsonl(items) if kind == "jsonl" else pd.DataFrame(items).to_csv(index=False)
    packed = gzip.compress(text.encode())
    path.write_bytes(packed[: len(packed) // 2])
    documents, reader = read(path)
    assert 500 < len(documents) < 4000
    assert [d.article_id for d in documents] == [item["id"] for item in items[: len(documents)]]
    assert all(d.raw == item["text"] for d, item in zip(documents, items, strict=False))
    assert any(reason.startswith("file ends early") for reason in reader.boundary.counts)


def test_what_only_claims_to_be_an_archive_is_said(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(b"no archive")
    with pytest.raises(CorpusError, match=r"a\.jsonl\.gz holds no article.*malformed line"):
        st.read_corpus(path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_of_the_header(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    path.write_text(f'id{delimiter}text\nx{delimiter}"{TEXT}\nسطر"\n', encoding="utf-8")
    ((document,), _) = read(path)
    assert (document.article_id, document.raw) == ("x", f"{TEXT}\nسطر")


def test_a_quotation_mark_that_nobody_closes_is_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'id,text\n1,"{TEXT}"\n2,"{TEXT}\n3,{TEXT}\n', encoding="utf-8")
    documents, reader = read(path)
    assert len(documents) == 2
    assert any(
        "opens 2 lines before the end and nothing closes it" in note for note in reader.notes
    )


def test_a_row_with_too_many_fields_is_counted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"id,text\n1,{TEXT},more\n2,{TEXT}\n", encoding="utf-8")
    documents, reader = read(path)
    assert [d.article_id for d in documents] == ["2"]
    assert reader.boundary.counts == {"more fields than columns": 1}


def test_a_nul_byte_in_a_csv_goes_through_as_markup(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"id,text\n1,سو\x00ريا {TEXT}\n", encoding="utf-8")
    (article,) = st.read_corpus(path)
    assert [(s.text, s.kind) for s in article.removed] == [("\x00", "markup")]
    assert article.paragraphs[0].startswith("سوريا عقد")


def test_equal_rows_without_ids_are_numbered_and_none_is_lost(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(jsonl([{"text": TEXT}, {"text": TEXT + "."}, {"text": TEXT}]), encoding="utf-8")
    corpus = st.read_corpus(path)
    assert len(corpus) == 3
    ids = [a.article_id for a in corpus if a.raw == TEXT]
    assert ids[1] == f"{ids[0]}-2"


def test_the_order_of_rows_without_ids_changes_nothing(tmp_path):
    items = [{"text": f"{TEXT} {n}"} for n in range(20)]
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text(jsonl(items), encoding="utf-8")
    two.write_text(jsonl(items[::-1]), encoding="utf-8")
    assert st.read_corpus(one).fingerprint == st.read_corpus(two).fingerprint


def test_an_id_that_stands_twice_names_both_places_and_the_way_out(tmp_path):
    path = tmp_path / "a.csv"
    pd.DataFrame([{"id": 1, "text": TEXT}, {"id": 1, "text": f"{TEXT} ب"}]).to_csv(
        path, index=False
    )
    with pytest.raises(CorpusError, match=r"line 3: the id '1' stands already at .*line 2"):
        st.read_corpus(path)
    assert len(st.read_corpus(path, columns={"article_id": None})) == 2


def test_one_id_that_stands_twice_never_ends_a_hundred(tmp_path):
    rows = [{"id": n, "text": f"{TEXT} {n}"} for n in range(150)]
    twice = [*rows, rows[7], {"id": 9, "text": f"{TEXT} آخر"}]
    path = tmp_path / "a.jsonl"
    path.write_text(jsonl(twice), encoding="utf-8")
    corpus = st.read_corpus(path)
    assert len(corpus) == 150 and {a.article_id: a.raw for a in corpus}["9"] == f"{TEXT} 9"
    reasons = corpus.skipped["reason"].tolist()
    assert reasons[0] == "stands twice, with the same id"
    assert "the id '9' stands already at" in reasons[1] and "line 10" in reasons[1]
    with pytest.raises(CorpusError, match="stands twice"):
        st.read_corpus(path, on_bad="error")


@pytest.mark.parametrize("cut", [0, 4, 200])
def test_a_damaged_parquet_file_is_one_clear_line(tmp_path, cut):
    path = tmp_path / "a.parquet"
    pd.DataFrame(rows(3)).to_parquet(path)
    path.write_bytes(path.read_bytes()[:cut] if cut else b"")
    with pytest.raises(
        CorpusError, match=r"a\.parquet is (no readable Parquet file|empty)"
    ) as caught:
        st.read_corpus(path)
    assert "\n" not in str(caught.value)


def test_parquet_gives_only_the_columns_that_are_needed_batch_by_batch(tmp_path):
    path = tmp_path / "a.parquet"
    frame = pd.DataFrame(rows(2500)).assign(vector="x" * 100, date=pd.Timestamp("2018-03-01 10:30"))
    frame.to_parquet(path)
    reader = Source(path)
    assert len(reader) == 2500
    stream = reader.documents()
    first = next(stream)
    assert first.given["date_printed"].value == "2018-03-01T10:30:00"
    assert set(first.given) == {"date_printed"}
    assert len(list(stream)) == 2499


@pytest.mark.parametrize(
    ("value", "said"),
    [(3.0, "3"), (["أ", None, "ب"], "أ, ب"), ({"a": 1}, None), (float("nan"), None), (" x ", "x")],
)
def test_values_of_every_kind_become_text_or_nothing(tmp_path, value, said):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT, "author": value}), encoding="utf-8")
    ((document,), _) = read(path)
    given = document.given.get("author")
    assert (given.value if given else None) == said


def test_an_empty_file_and_one_without_texts(tmp_path):
    for name, content, message in (
        ("a.csv", "", "is empty"),
        ("b.csv", "id,text\n", "table without a row"),
        ("c.jsonl", '{"text": " "}', "1 skipped: no text"),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        with pytest.raises(CorpusError, match=message):
            st.read_corpus(tmp_path / name)


ROWS = 'id,date,source,text,n\na,4/28/2016,amad,"قال مسؤول إن قافلة وصلت إلى المدينة",1\n'
TABLES = {
    "whole.csv": ROWS + 'b,5/4/2016,amad,"وأضاف أن الحرب لم تنته بعد في البلاد",2\n',
    "too_many.csv": ROWS + "b,5/4/2016,amad,نص,2,3,4\nc,1/2/2016,amad,وقالت مصادر محلية,5\n",
    "unclosed.csv": ROWS + 'b,5/4/2016,amad,"وأضاف أن الحرب لم تنته,2\n',
    "western.csv": ROWS.encode().decode().replace("amad", "café"),
    "no_text.csv": ROWS + "b,5/4/2016,amad,,2\n",
    "lines.jsonl": '{"text": "قال مسؤول إن قافلة وصلت", "tags": ["a", "b"], "by": {"name": "سعاد"}}\n{"broken\n',
    "empty.csv": "id,text\n",
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("held", [0, 200])
def test_a_table_that_is_read_again_gives_what_one_gives_that_is_held(
    name, held, tmp_path, monkeypatch
):
    (tmp_path / name).write_text(TABLES[name], encoding="utf-8")

    def read():
        try:
            corpus = st.read_corpus(tmp_path / name)
        except CorpusError as error:
            return str(error)
        skipped, columns = corpus.skipped.to_csv(), corpus.columns.to_csv()
        return list(corpus), corpus.notes, skipped, columns

    whole = read()
    monkeypatch.setattr(tables, "_HELD", held)
    assert read() == whole


def test_garbage_is_looked_for_again_when_a_corpus_is_read(tmp_path):
    (tmp_path / "a.csv").write_text(TABLES["whole.csv"], encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,text\n", encoding="utf-8")
    st.read_corpus(tmp_path / "a.csv")
    assert gc.isenabled()
    with pytest.raises(CorpusError):
        st.read_corpus(tmp_path / "b.csv")
    assert gc.isenabled()
    gc.disable()
    try:
        st.read_corpus(tmp_path / "a.csv")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_half_a_character_in_a_name_is_replaced_wherever_the_name_goes(tmp_path):
    rows = [
        {"text": f"عقد المجلس جلسة رقم {n} حول سوريا", "\ud800utlet": "أمد", "meta": {"k\udc00": n}}
        for n in range(3)
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    for corpus in (st.read_corpus(path), st.read_corpus(rows)):
        assert len(corpus) == 3
        names = "".join(map(str, corpus.columns.to_numpy().ravel()))
        names += "".join(map(str, corpus.table.columns))
        names.encode("utf-8")
    ingest(path, tmp_path / "out.parquet")
    assert len(st.read_corpus(tmp_path / "out.parquet")) == 3


def test_columns_that_are_called_as_ours_keep_apart():
    text = "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات وصلت إلى المخيمات. " * 3
    rows = [
        {"text": f"{text} {n}.", "outlet": "x", "theme": "اقتصاد", "position": n} for n in range(3)
    ]
    corpus = st.read_corpus(rows)
    assert {"given_theme", "given_position"} <= set(corpus.passages().table)
    said = corpus.columns.set_index("column")["why"]
    assert said["theme"] == "kept as given_theme: tables have that name"
    shares = st.prevalence(st.score_themes(corpus), by="given_theme", production="all").table
    assert shares.columns.is_unique


TABLE = [["id", "outlet", "date", "text"], *(
    [f"a{n}", "عنب بلدي", f"2018-03-0{n}", f"{TEXT} {n}"] for n in (1, 2, 3)
)]  # fmt: skip


def delimited(rows, sign=","):
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1256"])
@pytest.mark.parametrize("names", [TABLE[0], ["المعرف", "الصحيفة", "التاريخ", "النص"]])
def test_a_table_that_is_called_a_text_is_a_table(encoding, names, tmp_path):
    """What spreadsheets save as Unicode text."""
    (tmp_path / "a.txt").write_bytes(delimited([names, *TABLE[1:]], "\t").encode(encoding))
    (tmp_path / "b.txt").write_text(f"العنوان، والنص\n\n{TEXT}, date, text", encoding="utf-8")
    corpus = st.read_corpus(tmp_path)
    assert len(corpus) == 4
    assert corpus.table["date_printed"].notna().sum() == 3


def test_rows_that_are_quoted_as_a_whole_are_cut(tmp_path):
    lines = ('"' + delimited([row]).strip().replace('"', '""') + '"' for row in TABLE)
    (tmp_path / "a.csv").write_text("\r\n".join(lines), encoding="utf-8")
    corpus = st.read_corpus(tmp_path / "a.csv")
    assert corpus.table["article_id"].tolist() == ["a1", "a2", "a3"]
    assert corpus.outlets == ["enabbaladi"]


def test_the_header_of_a_table_that_was_put_behind_another_is_no_article(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(delimited(TABLE[:3]) + delimited([TABLE[0], TABLE[3]]), encoding="utf-8")
    corpus = st.read_corpus(path)
    assert len(corpus) == 3
    assert corpus.skipped["reason"].tolist() == ["the header again"]


def test_a_text_that_fills_a_cell_is_flagged_as_cut(tmp_path):
    texts = [(TEXT + " ") * 700, TEXT]
    table = pd.DataFrame({"id": ["a", "b"], "text": [texts[0][:32_767], TEXT]})
    table.to_csv(tmp_path / "a.csv", index=False)
    corpus = st.read_corpus(tmp_path / "a.csv")
    assert corpus.flags["article_id"].tolist() == ["a"]
    assert "'cut where a cell of a spreadsheet is full': 1: 'a'" in " ".join(corpus.notes)


def test_a_mark_of_byte_order_in_every_row_is_no_part_of_an_id(tmp_path):
    """pandas, 10755: a row at a time in UTF-16."""
    (tmp_path / "a.csv").write_bytes(b"".join(delimited([r]).encode("utf-16") for r in TABLE))
    assert st.read_corpus(tmp_path / "a.csv").table["article_id"].tolist() == ["a1", "a2", "a3"]
