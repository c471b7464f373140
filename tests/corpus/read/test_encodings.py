import gzip

import pytest

from syriatopics.corpus.read.encodings import decode, encoding_of
from syriatopics.corpus.read.piece import piece_of
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
    assert decode(TEXT.encode(written), "a.txt") == (TEXT, said)


def test_a_mark_that_lies_is_said_with_its_offset():
    with pytest.raises(DecodingError, match=r"a\.txt: marked as utf-8-sig, .* offset 4"):
        decode(b"\xef\xbb\xbfa\xff", "a.txt")


@pytest.mark.parametrize("data", [b"\x80\x81\xfe\xff" * 40, b"\x80caf\xe9 \xfc\xdf" * 9])
def test_bytes_that_are_no_arabic_are_refused(data):
    with pytest.raises(DecodingError, match=r"x: byte 0x80 at offset 0 is no UTF-8"):
        decode(data, "x")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("ending", [".csv", ".csv.gz"])
def test_long_files_are_known_by_their_first_part(tmp_path, encoding, ending):
    path = tmp_path / f"a{ending}"
    data = (TEXT + "\n").encode(encoding) * 3
    path.write_bytes(gzip.compress(data) if ending.endswith("gz") else data)
    assert encoding_of(piece_of(path).unpacked) == encoding


def test_a_byte_far_behind_is_found(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,text\n" + "سوريا".encode() * 150_000 + b"\xff\xfe\x80\x81")
    with pytest.raises(DecodingError, match="offset 1500008"):
        encoding_of(piece_of(path).unpacked)


def test_an_archive_that_is_cut_off_is_judged_by_what_it_gives(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    packed = gzip.compress("\n".join(f"{TEXT} {n}" for n in range(2000)).encode())
    path.write_bytes(packed[: len(packed) // 2])
    assert encoding_of(piece_of(path).unpacked) == "utf-8"
