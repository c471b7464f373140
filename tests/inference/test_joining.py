"""Scores from a table: joined by id, in any order, in any shape; what is missing is not no."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from making import make

import syriatopics as st
from syriatopics.errors import InputError


@pytest.fixture(scope="module")
def five():
    return make(*[(f"a{n // 2}", "x", f"نص {n}") for n in range(5)])


def ids(passages):
    return list(passages.table["passage_id"])


@given(
    order=some.permutations(range(5)), values=some.lists(some.floats(0, 1), min_size=5, max_size=5)
)
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_rows_does_not_matter(order, values):
    passages = make(*[(f"a{n // 2}", "x", f"نص {n}") for n in range(5)])
    table = pd.DataFrame({"passage_id": ids(passages), "aid": values})
    one = st.Scores.from_table(table, passages)
    two = st.Scores.from_table(table.iloc[list(order)], passages)
    pd.testing.assert_frame_equal(one.table, two.table)
    assert one.table["aid"].tolist() == values and one.notes == two.notes


def test_rows_in_another_order_are_no_scores(five):
    """A table that pandas has merged may stand in any order: it was taken by position."""
    table = pd.DataFrame({"aid": 0.5}, index=pd.Index(ids(five)[::-1], name="passage_id"))
    with pytest.raises(InputError, match="not in the order of the passages"):
        st.Scores(table=table, passages=five)


def test_every_shape_says_the_same(five, tmp_path):
    names = ids(five)
    wide = pd.DataFrame({"passage_id": names, "aid": [1, 1, 0, 0, 0], "war": [0, 1, 0, 0, 1]})
    expected = wide.set_index("passage_id").astype(float)
    labels = pd.DataFrame({"passage_id": names, "labels": ["aid", "aid; war", "none", "-", "war"]})
    long = pd.DataFrame(
        {"passage_id": [*names[:2], names[1], *names[2:]], "theme": ["aid", "aid", "war", "none", "none", "war"]}
    )  # fmt: skip
    weighed = pd.DataFrame(
        {
            "passage_id": np.repeat(names, 2),
            "theme": ["aid", "war"] * 5,
            "p": expected.to_numpy().ravel(),
        }
    )
    words = wide.replace({1: "yes", 0: "No"}).astype({"passage_id": str})
    wide.to_csv(tmp_path / "a.csv", index=False)
    wide.to_csv(tmp_path / "b.csv", index=False, sep=";", encoding="utf-8-sig")
    wide.to_csv(tmp_path / "c.csv", index=False, encoding="utf-16")
    wide.to_parquet(tmp_path / "a.parquet")
    for table, options in (
        (wide, {}), (wide.astype({"aid": bool, "war": bool}), {}), (wide.set_index("passage_id"), {}),
        (labels, {}), (long, {}), (weighed, {"labels": "theme", "values": "p"}), (words, {}),
        (tmp_path / "a.csv", {}), (tmp_path / "b.csv", {}), (tmp_path / "c.csv", {}), (tmp_path / "a.parquet", {}),
    ):  # fmt: skip
        found = st.Scores.from_table(table, five, **options).table
        assert found[["aid", "war"]].to_numpy().tolist() == expected.to_numpy().tolist(), table


def test_spreadsheets(five, tmp_path):
    zipfile = pytest.importorskip("zipfile")
    pytest.importorskip("python_calamine")
    cells = [["passage_id", "aid"], *[[name, "1"] for name in ids(five)]]
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = "".join("<row>" + "".join(map(cell.format, row)) + "</row>" for row in cells)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pack = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{pack}/content-types"/>')
        book.writestr("_rels/.rels", f'<Relationships xmlns="{pack}/relationships"><Relationship Id="r" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>')  # fmt: skip
        book.writestr("xl/workbook.xml", f'<workbook {main} xmlns:r="{rel}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>')  # fmt: skip
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{pack}/relationships"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')  # fmt: skip
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>")  # fmt: skip
    assert st.Scores.from_table(tmp_path / "a.xlsx", five).table["aid"].tolist() == [1.0] * 5


def test_what_is_missing_is_not_no(five):
    names = ids(five)
    table = pd.DataFrame({"passage_id": [*names[:3], "strange"], "aid": [1, None, 0, 1]})
    scores = st.Scores.from_table(table, five)
    assert scores.table["aid"].isna().tolist() == [False, True, False, True, True]
    said = " ".join(scores.notes)
    assert "1 ids of the table are of no passage here, such as 'strange'" in said
    assert "3 of 5 ids are not in the table" in said and repr(names[1]) in said
    shares = st.prevalence(scores, production="all").table
    assert shares["share"].tolist() == [0.5] and shares["n_passages"].tolist() == [2]
    empty = pd.DataFrame({"passage_id": names[:2], "labels": ["aid", ""]})
    assert st.Scores.from_table(empty, five).table["aid"].isna().tolist() == [False, *[True] * 4]


def test_an_article_gives_its_score_to_its_passages(five):
    scores = st.Scores.from_table(pd.DataFrame({"article_id": ["a1", "a0"], "aid": [0.5, 1]}), five)
    assert scores.table["aid"].fillna(-1).tolist() == [1, 1, 0.5, 0.5, -1]
    assert "Every passage has the scores of its article." in scores.notes


def test_ids_that_look_like_numbers_stay_as_they_are(tmp_path):
    passages = make(("007", "x", "نص"), ("7", "x", "آخر"))
    (tmp_path / "a.csv").write_text("article_id,aid\n007,1\n7,0\n")
    assert st.Scores.from_table(tmp_path / "a.csv", passages).table["aid"].tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("table", "options", "match"),
    [
        ({"passage_id": ["p", "p"], "aid": [1, 0]}, {}, r"1 ids stand twice in column 'passage_id', such as 'p'"),
        ({"passage_id": ["p"], "aid": [1]}, {}, r"none of 1 ids of column 'passage_id' is of these passages"),
        ({"name": ["p"], "aid": [1]}, {}, r"no column 'passage_id or article_id' to join by"),
        ({"passage_id": ["p", ""], "aid": [1, 0]}, {}, r"row 2 has no passage_id"),
        ({"passage_id": ["p"], "aid": [7]}, {}, r"no column holds numbers in \[0, 1\]"),
        ({"passage_id": ["p"], "aid": [1.5]}, {"values": "aid"}, r"'1.5' in column 'aid', passage_id 'p'"),
        ({"passage_id": ["p"], "aid": [1]}, {"values": "war"}, r"no column 'war' of scores"),
        ({"passage_id": ["p"], "aid": [1]}, {"labels": "war"}, r"no column 'war' of labels"),
        ({"passage_id": ["p", "p"], "l": ["a", "a"]}, {"labels": "l"}, r"pairs of id and label stand twice.*'p'"),
        ({"passage_id": ["p"], "l": [""]}, {"labels": "l"}, r"column 'l' holds no label"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(five, table, options, match):
    with pytest.raises(InputError, match=match):
        st.Scores.from_table(pd.DataFrame(table), five, **options)


def test_files_that_are_none(five, tmp_path):
    with pytest.raises(InputError, match="No table of scores at"):
        st.Scores.from_table(tmp_path / "none.csv", five)
    (tmp_path / "a.csv").write_bytes(b'passage_id,aid\n"open')
    with pytest.raises(InputError, match="no column|cannot be read|none of"):
        st.Scores.from_table(tmp_path / "a.csv", five)
    (tmp_path / "a.pdf").write_bytes(b"")
    with pytest.raises(InputError, match=r"a .csv, .xlsx or .parquet file"):
        st.Scores.from_table(tmp_path / "a.pdf", five)


@pytest.mark.parametrize(
    "cell",
    ['{"choices": ["aid", "war"]}', '["aid", "war"]', "['aid', 'war']", ["aid", "war"], "aid; war"],
)
def test_lists_as_tools_write_them(five, cell):
    """Label Studio exports JSON in a cell (converter 59), pandas writes a list as Python does."""
    ids = five.table["passage_id"]
    table = pd.DataFrame({"passage_id": ids, "labels": pd.Series([cell] * len(ids), dtype=object)})
    found = st.Scores.from_table(table, five).table
    assert list(found) == ["aid", "war"] and (found == 1).all(axis=None)


def test_whole_numbers_that_became_floats(five):
    """Ids beside an empty cell come back as 1.0 (Label Studio converter 109)."""
    numbered = five.table.assign(article_id=[str(n) for n in range(1, 6)])
    passages = type(five)(numbered)
    table = pd.DataFrame({"article_id": [float(n) for n in range(1, 6)], "aid": [1, 0, 1, 0, 1]})
    assert st.Scores.from_table(table, passages).table["aid"].tolist() == [1, 0, 1, 0, 1]
    whole = type(five)(numbered.assign(article_id=[f"{n}.0" for n in range(1, 6)]))
    assert st.Scores.from_table(table, whole).table["aid"].tolist() == [1, 0, 1, 0, 1]
