"""No more is held than a bound, whatever a file holds."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syriatopics.errors import CorpusError, InputError
from syriatopics.files import bounded_lines, parse_json, read_bounded, read_json, read_toml


@given(st.lists(st.text(alphabet="ab\n", max_size=12)), st.integers(min_value=1, max_value=8))
def test_lines_are_those_of_the_file_and_long_ones_are_none(parts, longest):
    text = "".join(parts)
    wanted = [line if len(line) <= longest else None for line in io.StringIO(text)]
    for file in (io.StringIO(text), io.BytesIO(text.encode())):
        found = [
            line.decode() if isinstance(line, bytes) else line
            for _, line in bounded_lines(file, longest)
        ]
        assert found == wanted


class Endless(io.RawIOBase):
    """A line that never ends, which counts what was asked of it at once."""

    def __init__(self, length):
        self.left, self.most = length, 0

    def readable(self):
        return True

    def readline(self, size=-1):
        assert size > 0
        self.most = max(self.most, size)
        given, self.left = min(size, self.left), max(0, self.left - size)
        return b"a" * given


def test_a_line_without_end_is_passed_over_in_pieces():
    file = Endless(10**7)
    assert list(bounded_lines(file, longest=1000)) == [(1, None)]
    assert file.most <= 1001


def test_a_file_over_the_bound_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bounded(tmp_path / "a", 5) == b"12345"
    with pytest.raises(CorpusError, match="at most 0 are read"):
        read_bounded(tmp_path / "a", 4, CorpusError)


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b"9" * 5_001, b'{"a": \xd8}', b"", b"{", b'"\\ud8', b"\xff\xfe["]
)
def test_what_is_no_json_or_toml_is_said_on_one_line(tmp_path, content):
    for read, name in ((read_json, "a.json"), (read_toml, "a.toml")):
        path = tmp_path / name
        path.write_bytes(b"a = " + content if read is read_toml else content)
        with pytest.raises(
            InputError, match="cannot be read as JSON|not a TOML|not a text file"
        ) as caught:
            read(path)
        assert len(str(caught.value).splitlines()) == 1 and len(str(caught.value)) < 500


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is a pipe"):
        read_toml(tmp_path / "pipe")


@pytest.mark.parametrize(
    "content",
    ['{"a\\ud800": ["\\udc00b", {"c": 1}]}', b'{"a\xed\xa0\x80": ["\xed\xb0\x80b", {"c": 1}]}'],
)
def test_json_from_elsewhere_holds_no_half_characters(content):
    assert parse_json(content) == {"a\ufffd": ["\ufffdb", {"c": 1}]}
    assert parse_json('{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}
