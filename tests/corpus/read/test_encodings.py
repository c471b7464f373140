import gzip
import io
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syriatopics.corpus.read.encodings import decode, encoding_of
from syriatopics.corpus.read.html import decode_page
from syriatopics.corpus.read.piece import Piece, piece_of
from syriatopics.corpus.read.utf8 import ERRORS, Damage, FileEncoding
from syriatopics.errors import DecodingError

TEXT = "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا، وقال المبعوث إن المحادثات مستمرة."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1256", "cp1256"),
        ("iso8859_6", "iso8859_6"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_text_comes_back_with_its_encoding(written, said):
    read = decode(TEXT.encode(written), "a.txt")
    assert (read.text, read.encoding) == (TEXT, said)
    assert read.found.damage == Damage()


def test_a_mark_that_lies_is_said_with_its_offset():
    with pytest.raises(DecodingError, match=r"a\.txt: marked as utf-8-sig, .* offset 4"):
        decode(b"\xef\xbb\xbfa\xff", "a.txt")


@pytest.mark.parametrize("data", [b"\x80\x81\xfe\xff" * 40, b"\x80caf\xe9 \xfc\xdf" * 9])
def test_bytes_that_are_no_arabic_are_refused(data):
    with pytest.raises(DecodingError, match=r"x: byte 0x80 at offset 0 is no UTF-8"):
        decode(data, "x")


def found_in(data):
    return encoding_of(Piece(Path("a.csv"), "a.csv", lambda: io.BytesIO(data)))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "utf-16", "utf-16-le"])
def test_long_files_are_known_by_their_first_part(encoding):
    assert found_in((TEXT + "\n").encode(encoding) * 3) == FileEncoding(encoding)


def test_a_byte_far_behind_costs_one_character_and_its_place_is_known():
    data = b"id,text\n" + "سوريا".encode() * 150_000 + b"\xff" + TEXT.encode()
    found = found_in(data)
    assert found == FileEncoding("utf-8", Damage((1_500_008,)))
    assert "at offset 1500008" in found.said("a.csv")[0]
    read = decode(data, "a.csv")
    assert read.found == found
    assert read.text.count("\ufffd") == 1


@pytest.mark.parametrize("declared", ["windows-1256", "iso-8859-6", "utf-16", "latin-1", "none"])
def test_valid_utf8_is_utf8_whatever_is_declared(declared):
    assert decode(TEXT.encode(), "a.html", (declared,)).text == TEXT
    page = f'<meta charset="{declared}"><p>{TEXT}</p>'.encode()
    assert TEXT in decode_page(page, declared, "a.html").text


def test_lines_in_another_encoding_do_not_change_that_of_the_others():
    data = f"{TEXT}\n".encode() * 5 + f"{TEXT}\n".encode("cp1256") * 2 + f"{TEXT}\n".encode() * 3
    read = decode(data, "a.csv")
    assert read.text == f"{TEXT}\n" * 10
    assert read.found == found_in(data)
    assert read.found.damage.lines == 2
    opened = io.TextIOWrapper(io.BytesIO(data), "utf-8", errors=ERRORS)
    assert opened.read() == read.text


def test_an_english_text_of_an_old_encoding_is_read():
    read = decode("The minister’s words – quoted by a café owner.".encode("cp1252"), "a.txt")
    assert read.encoding == "cp1252"
    assert "’s words – quoted by a café" in read.text


def test_an_archive_that_is_cut_off_is_judged_by_what_it_gives(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    packed = gzip.compress("\n".join(f"{TEXT} {n}" for n in range(2000)).encode())
    path.write_bytes(packed[: len(packed) // 2])
    assert encoding_of(piece_of(path).unpacked) == FileEncoding("utf-8")


@given(
    st.lists(st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي ،.\n", min_size=20, max_size=60), min_size=3),
    st.data(),
)
def test_damage_costs_what_is_damaged_and_no_more(pieces, data):
    """However many bytes are struck, every whole character behind and before them stays."""
    whole = "".join(pieces) + TEXT
    struck = bytearray(whole.encode())
    n = data.draw(st.integers(1, max(1, len(struck) // 50)))
    for place in data.draw(st.lists(st.integers(0, len(struck) - 1), min_size=n, max_size=n)):
        struck[place] = 0xFF
    read = decode(bytes(struck), "a.txt")
    assert read.encoding == "utf-8"
    assert read.text == bytes(struck).decode("utf-8", "replace")
    assert len(read.found.damage.offsets) == read.text.count("\ufffd")
    assert found_in(bytes(struck)).damage == read.found.damage


@given(st.integers(1, 40), st.integers(0, 3))
def test_where_a_part_of_a_file_ends_changes_nothing(size, n):
    data = TEXT.encode()[: len(TEXT.encode()) - n] + b"\n" + TEXT.encode()
    with patch("syriatopics.corpus.read.encodings._CHUNK", size):
        assert found_in(data) == decode(data, "a").found


FRENCH = " L'opération a été menée à l'été, François Hollande était à côté de l'Élysée."


@pytest.mark.parametrize("written", ["mac_arabic", "cp720"])
def test_texts_of_the_macintosh_and_of_dos_are_read(written):
    read = decode((TEXT + "\n").replace("،", "").encode(written) * 2, "a.txt")
    assert read.encoding == written
    assert read.text.replace("\xa0", " ") == (TEXT + "\n").replace("،", "") * 2


def test_french_letters_among_arabic_ones_do_not_change_the_encoding():
    text = f"{TEXT} {TEXT} {FRENCH} {TEXT}"
    assert decode(text.encode("cp1256", "ignore"), "a.txt").encoding == "cp1256"
