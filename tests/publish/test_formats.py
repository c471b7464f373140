"""What a format writes it reads again, whatever the texts hold; a changed digit is found."""

import re
import zipfile
from io import BytesIO

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from syriatopics.errors import InputError
from syriatopics.publish.check import compare
from syriatopics.publish.formats import FORMATS

pytestmark = pytest.mark.needs("publish")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_manuscript_that_nobody_touched_is_that_of_the_study(
    ending, language, hostile_paper, tmp_path
):
    paper = hostile_paper(language)
    file = tmp_path / f"paper.{ending}"
    file.write_bytes(FORMATS[ending].write(paper))
    checked = compare(file, paper)
    assert checked.differences == ()
    assert checked.n_absent == 0
    assert checked.n_numbers >= len(paper.numbers)
    assert checked.n_cells == 2 * (1 + len(paper.tables["01_x"].rows))
    assert FORMATS[ending].write(paper) == file.read_bytes(), "the same paper is the same bytes"


@pytest.mark.parametrize("ending", FORMATS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.lists(st.text(max_size=20), max_size=4))
def test_any_cell_comes_back(ending, cells, hostile_paper, tmp_path):
    from syriatopics.escaping import one_line

    paper = hostile_paper("en", tuple(map(one_line, cells)))
    file = tmp_path / f"any.{ending}"
    file.write_bytes(FORMATS[ending].write(paper))
    assert compare(file, paper).differences == ()


def visible(ending, content):
    """Return the stretches of a manuscript in which a reader sees a number, and the text itself."""
    if ending == "docx":
        with zipfile.ZipFile(BytesIO(content)) as parts:
            text = parts.read("word/document.xml").decode()
        return text, [m.span(1) for m in re.finditer(r"<w:t[^>]*>([^<]*)</w:t>", text)]
    text = content.decode()
    pattern = {
        "tex": r"\\stnumber\{[^{}]*\}\{([^{}]*)\}|^(.* & .*)\\\\$",
        "qmd": r"\[([^][]*)\]\{#st-|^(\|.*\|)$",
    }[ending]
    spans = [m.span(1 if m[1] else 2) for m in re.finditer(pattern, text, re.M)]
    return text, spans


def put_back(ending, content, text):
    if ending != "docx":
        return text.encode()
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as parts, zipfile.ZipFile(made, "w") as target:
        for name in parts.namelist():
            target.writestr(name, text if name == "word/document.xml" else parts.read(name))
    return made.getvalue()


@pytest.mark.parametrize("ending", FORMATS)
def test_every_digit_that_is_changed_is_found(ending, hostile_paper, tmp_path):
    rng = np.random.default_rng(4)
    cells = [f"{x:.3f}" for x in rng.random(30)]
    paper = hostile_paper("ar", cells)
    content = FORMATS[ending].write(paper)
    text, spans = visible(ending, content)
    # What the title of the paper and the rows left out hold is no result.
    digits = [
        at for start, end in spans for at in range(start, end)
        if text[at].isdigit() and "01_x.csv" not in text[start:end] and "A title" not in text[start:end]
    ]  # fmt: skip
    assert len(digits) > 100
    file = tmp_path / f"paper.{ending}"
    for at in rng.choice(digits, 100, replace=False):
        other = str((int(text[at]) + int(rng.integers(1, 10))) % 10)
        changed = text[:at] + other + text[at + 1 :]
        file.write_bytes(put_back(ending, content, changed))
        assert compare(file, paper).differences, text[at - 30 : at + 30]


@pytest.mark.parametrize("ending", ["tex", "qmd"])
def test_a_digit_that_is_added_beside_a_number_is_found(ending, hostile_paper, tmp_path):
    paper = hostile_paper()
    text = FORMATS[ending].write(paper).decode()
    file = tmp_path / f"paper.{ending}"
    anchor = {"tex": r"\stnumber{data-1}{4,986}", "qmd": "[4,986]{#st-data-1}"}[ending]
    for changed in (f"1{anchor}", f"{anchor}0"):
        file.write_text(text.replace(anchor, changed), encoding="utf-8")
        assert len(compare(file, paper).differences) == 1
    file.write_text(text.replace(anchor, "about five thousand"), encoding="utf-8")
    checked = compare(file, paper)
    assert (checked.differences, checked.n_absent) == ((), 1), "an author may leave out"


def test_numbers_and_tables_of_another_study_are_named(hostile_paper, tmp_path):
    paper, file = hostile_paper(), tmp_path / "paper.qmd"
    text = FORMATS["qmd"].write(paper).decode()
    other = text.replace("#st-data-1}", "#st-elsewhere-1}").replace("#tbl-01_x", "#tbl-02_y")
    file.write_text(other, encoding="utf-8")
    lines = compare(file, paper).differences
    assert lines == (
        "paper.qmd: elsewhere-1 is '4,986', and no number of the study",
        "paper.qmd: the study has no table 02_y",
    )
    file.write_text(re.sub(r"^\| خبر.*\n", "", text, flags=re.M), encoding="utf-8")
    assert "has another form: 14 rows, in the study 15" in compare(file, paper).differences[0]


def test_a_broken_word_file_is_one_line(hostile_paper, tmp_path):
    file = tmp_path / "paper.docx"
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w") as parts:
        parts.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a')
    for content in (b"", b"PK\x03\x04", bomb.getvalue()):
        file.write_bytes(content)
        with pytest.raises(InputError, match="No Word file"):
            compare(file, hostile_paper())
    with pytest.raises(InputError, match=r"paper.odt: its ending is none of"):
        compare(tmp_path / "paper.odt", hostile_paper())


def test_arabic_tables_of_word_read_from_right_to_left(hostile_paper):
    for language, n in (("ar", 1), ("en", 0)):
        content = FORMATS["docx"].write(hostile_paper(language))
        text = visible("docx", content)[0]
        assert text.count("<w:bidiVisual/>") == n
        assert "⁦2016-07-27⁩" in text, "digits keep their order behind Arabic"


def test_nothing_of_an_article_is_a_command(hostile_paper):
    text = FORMATS["tex"].write(hostile_paper()).decode()
    assert r"\input{" not in text.partition(r"\begin{document}")[2]
    assert text.count(r"\end{document}") == 1
    assert "<script>" not in FORMATS["qmd"].write(hostile_paper()).decode().replace(r"\<", "")


def test_the_head_of_a_table_is_bold_in_either_script(hostile_paper):
    content = FORMATS["docx"].write(hostile_paper("ar", ("خبر", "x")))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        table = etree.fromstring(parts.read("word/document.xml")).find(f".//{W}tbl")
        styles = {
            style.get(f"{W}styleId"): style
            for style in etree.fromstring(parts.read("word/styles.xml")).iter(f"{W}style")
        }
    bold = [
        {
            styles[name.get(f"{W}val")].find(f".//{W}{tag}").get(f"{W}val")
            for name in row.iter(f"{W}pStyle")
            for tag in ("b", "bCs")
        }
        for row in table.iter(f"{W}tr")
    ]
    assert all(len(row.findall(f".//{W}pStyle")) == 2 for row in table.iter(f"{W}tr"))
    assert bold[0] == {None}, "no value is yes"
    assert all(values == {"0"} for values in bold[1:])


@pytest.mark.parametrize("ending", ["docx", "qmd"])
def test_a_number_below_zero_keeps_its_sign_before_it_in_an_arabic_table(
    ending, hostile_paper, tmp_path
):
    for language, shown in (("ar", "\u2066-0.29\u2069"), ("en", "-0.29")):
        paper = hostile_paper(language, ("-0.29", "إدلب"))
        content = FORMATS[ending].write(paper)
        text, _ = visible(ending, content)
        found = [line.replace("\\", "") for line in re.findall(r"[^<>|]*0\.29[^<>|]*", text)]
        assert [cell.strip() for cell in found] == [shown], language
        assert "\u2066إدلب" not in text
        file = tmp_path / f"{language}.{ending}"
        file.write_bytes(content)
        assert compare(file, paper).differences == ()
