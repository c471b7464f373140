"""Sheets go out blank and come back filled, and every error names file and line."""

import csv

import pytest

from syriatopics.errors import InputError


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows, delimiter=","):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def sheet(task, tmp_path):
    path = tmp_path / "sheet.csv"
    task.export_sheet(path, "ليلى")
    return path, rows_of(path)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_sheet_goes_out_and_comes_back(task, sheet, delimiter):
    path, rows = sheet
    assert len(rows) == len(task) and {row["read"] for row in rows} == {""}
    rows[0] |= {"humanitarian": "1", "read": "x", "note": "واضح"}
    rows[1] |= {"read": "نعم"}
    write(path, rows, delimiter)
    assert task.import_sheet(path) == 2
    assert task.import_sheet(path) == 0, "what is held already is not written again"
    held = task.log("ليلى").decisions
    assert [d.answer for d in held.values()] == [("humanitarian",), ()]
    assert held[rows[0]["passage_id"]].note == "واضح"
    path.unlink()
    task.export_sheet(path, "ليلى")
    assert rows_of(path)[0]["humanitarian"] == "1" and rows_of(path)[1]["read"] == "1"


def test_a_sheet_is_never_written_over(task, sheet):
    with pytest.raises(InputError, match="may hold somebody's work"):
        task.export_sheet(sheet[0], "ليلى")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"humanitarian": "perhaps", "read": "1"}, "line 2: 'humanitarian' is 'perhaps'"),
        ({"humanitarian": "1"}, "line 2: themes are marked, but 'read' is not"),
        ({"passage_id": "other:001", "read": "1"}, "line 2: 'other:001' is not in the sample"),
        ({"task": "feed"}, "line 2: a sheet of the corpus 'feed'"),
        ({"peace": "1"}, "line 1: no theme 'peace'. Themes: 'accountability'"),
        ({"coder": "other"}, "line 3: a sheet is of one coder; this one names 'other', 'ليلى'"),
        ({"coder": "../x"}, "line 3: a sheet is of one coder"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_named(task, sheet, change, message):
    path, rows = sheet
    rows[1] |= {"read": "1", "accountability": "1"}
    rows = [row | dict.fromkeys(change, "") | row for row in rows]
    rows[0] |= change
    write(path, rows)
    with pytest.raises(InputError, match=message) as caught:
        task.import_sheet(path)
    assert "sheet.csv" in str(caught.value)
    assert not task.coders, "nothing of a wrong sheet is recorded"


def test_a_passage_that_stands_twice_is_named(task, sheet):
    path, rows = sheet
    rows[0]["read"] = rows[1]["read"] = "1"
    rows[1]["passage_id"] = rows[0]["passage_id"]
    write(path, rows)
    with pytest.raises(InputError, match="line 3: .* stands twice"):
        task.import_sheet(path)


def test_files_that_are_no_sheet_are_named(task, tmp_path):
    path = tmp_path / "x.csv"
    with pytest.raises(InputError, match="No sheet at"):
        task.import_sheet(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="x.csv"):
        task.import_sheet(path)
    path.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="line 1: no column 'coder'"):
        task.import_sheet(path)
    path.write_text("coder,task,passage_id,read\n")
    with pytest.raises(InputError, match="holds no row"):
        task.import_sheet(path)
    path.write_text("coder,task,passage_id,read\na,b\n")
    with pytest.raises(InputError, match="line 2: not 4 cells"):
        task.import_sheet(path)


def test_a_text_is_no_formula(task, tmp_path):
    task.sample.loc[0, "text"] = "=HYPERLINK(0)"
    task.export_sheet(tmp_path / "s.csv", "a")
    assert rows_of(tmp_path / "s.csv")[0]["text"] == "'=HYPERLINK(0)"


def test_a_sheet_comes_back_as_spreadsheets_write_it(task, sheet, tmp_path):
    path, rows = sheet
    rows[0] |= {"humanitarian": "\u0661", "read": "1.0"}
    rows[1] |= {"humanitarian": "0,0", "read": "\u0661"}
    out = [[*row.values(), ""] for row in rows]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([[*rows[0], ""], *out, [""] * len(out[0])])
    assert task.import_sheet(path) == 2
    held = task.log("ليلى").decisions
    assert [d.answer for d in held.values()] == [("humanitarian",), ()]


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16", "utf-8"])
def test_a_sheet_in_another_encoding_is_the_same_sheet(task, sheet, encoding):
    path, rows = sheet
    rows[0] |= {"humanitarian": "1", "read": "1", "note": "واضح"}
    write(path, rows)
    path.write_bytes(path.read_bytes().decode("utf-8-sig").encode(encoding, "replace"))
    assert task.import_sheet(path) == 1
    assert [d.note for d in task.log("ليلى").decisions.values()] == ["واضح"]


def test_what_stands_in_a_column_without_a_name_is_said(task, sheet):
    path, rows = sheet
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*rows[0], ""], [*rows[0].values(), "لمن هذا؟"]])
    with pytest.raises(InputError, match="line 2: .*a column without a name"):
        task.import_sheet(path)
