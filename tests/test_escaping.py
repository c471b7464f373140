"""What a stranger wrote stands in a format as text: it ends no line, opens no table, is no formula."""

import io
import tomllib

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from syriatopics.escaping import from_cell, guarded, markdown, one_line, to_cell, toml_string

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


@given(anything)
def test_a_string_of_toml_is_one_string(text):
    whole = text.encode("utf-8", "surrogatepass").decode("utf-8", "ignore")
    written = toml_string(text)
    assert len(written.splitlines()) == len(written.split("\n")) or "\n" not in written
    assert "\n" not in written
    if whole == text:
        assert tomllib.loads(f"a = {written}") == {"a": text}


@given(anything)
def test_a_comment_ends_where_it_ends(text):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert tomllib.loads(f"# {line}\na = 1") == {"a": 1}


@given(anything)
def test_a_cell_comes_back_and_is_no_formula(text):
    cell = to_cell(text)
    assert from_cell(cell) == text
    assert cell[:1] not in tuple("=@\t\r") and (cell[:1] not in tuple("+-") or cell[1:2].isdigit())


def test_numbers_and_tables_stay_and_texts_are_guarded():
    table = pd.DataFrame(
        {"=a": ["=1+1", "-5", "-x", None], "n": [-1.5, 2.0, 3.0, None], "m": [1, 2, 3, 4]}
    )
    out = io.StringIO()
    guarded(table).to_csv(out, index=False)
    assert out.getvalue() == "'=a,n,m\n'=1+1,-1.5,1\n-5,2.0,2\n'-x,3.0,3\n,,4\n"
    assert list(table.columns) == ["=a", "n", "m"] and table["=a"][0] == "=1+1"
    kinds = guarded(
        pd.DataFrame({"c": pd.Categorical(["+a", "b"]), "d": pd.to_datetime(["2016-01-01"] * 2)})
    )
    assert list(kinds["c"]) == ["'+a", "b"] and kinds["d"].dt.year.tolist() == [2016, 2016]


def test_markdown_holds_no_markdown():
    assert markdown("a\n# b\n- [c](d) <i> `e` *f* _g_ | h") == (
        r"a \# b \- \[c\](d) \<i\> \`e\` \*f\* \_g\_ \| h"
    )
