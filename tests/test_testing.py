import json
from pathlib import Path

import pandas as pd
import pytest

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Sure
from syriatopics.corpus.read.formats import delimited, pages, parquet, texts
from syriatopics.corpus.read.formats import json as json_reader
from syriatopics.testing import check_reader

TEXT = "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء. وقال المبعوث إن المحادثات مستمرة في جنيف."
ROWS = [{"id": f"a{n}", "text": f"{TEXT} {n}", "date": "2016-07-27"} for n in range(5)]


def sample_of(reader, folder):
    path = Path(folder, f"a{reader.KINDS[0]}")
    if reader is texts:
        path.write_text(TEXT, encoding="utf-8")
    elif reader is pages:
        path.write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    elif reader is json_reader:
        path.write_text("\n".join(json.dumps(row) for row in ROWS))
    elif reader is delimited:
        pd.DataFrame(ROWS).to_csv(path, index=False)
    else:
        pd.DataFrame(ROWS).to_parquet(path)
    return path


@pytest.mark.parametrize(
    "reader", [texts, pages, json_reader, delimited, parquet], ids=lambda r: r.NAME
)
def test_the_readers_shipped_keep_the_contract(reader, tmp_path):
    found = check_reader(reader, sample_of(reader, tmp_path))
    assert found.n_documents == (1 if reader in (texts, pages) else 5)
    assert found.n_damaged == 40


class Own:
    """A reader of a user's own: blocks with a line of stars between them."""

    NAME = "blocks"
    KINDS = (".blocks",)

    def sniff(self, piece):
        return Sure.KNOWN if piece.sample.startswith("*** ") else Sure.NO

    def documents(self, piece, reading):
        text = piece.read().decode("utf-8", "replace")
        for number, block in enumerate(text.split("*** ")[1:], start=1):
            name, _, raw = block.partition("\n")
            if not raw.strip():
                reading.skip(piece, f"block {number}", "no text")
                continue
            yield Document(f"{number}-{name.strip()}", raw, {}, piece.at(f"block {number}"))


class TestOwnReader:
    def sample(self, tmp_path):
        path = tmp_path / "a.blocks"
        path.write_text(f"*** one\n{TEXT}\n*** two\n{TEXT}\n", encoding="utf-8")
        return path

    def test_a_reader_of_ones_own_is_checked(self, tmp_path):
        assert check_reader(Own(), self.sample(tmp_path)).n_documents == 2

    @pytest.mark.parametrize(
        ("fault", "message"),
        [
            ({"NAME": " "}, "NAME is empty"),
            ({"KINDS": ("BLOCKS",)}, "written as"),
            ({"sniff": lambda s, p: Sure.NO}, "does not recognise"),
            ({"sniff": lambda s, p: Sure.KNOWN}, "claims to know"),
            ({"documents": lambda s, p, r: [Document("a", TEXT, {}, "a")]}, "no generator"),
            ({"documents": lambda s, p, r: iter(())}, "no article"),
            (
                {"documents": lambda s, p, r: iter([Document("a", TEXT, {}, "x")] * 2)},
                "stands twice",
            ),
            ({"documents": lambda s, p, r: iter([Document("a", " ", {}, "x")])}, "no text"),
            ({"documents": lambda s, p, r: iter([Document("a", TEXT, {}, "")])}, "without a place"),
        ],
    )
    def test_a_fault_is_named(self, tmp_path, fault, message):
        broken = type("Broken", (Own,), fault)()
        with pytest.raises(AssertionError, match=message):
            check_reader(broken, self.sample(tmp_path))

    def test_what_it_throws_on_damage_is_a_skip(self, tmp_path):
        class Throws(Own):
            def documents(self, piece, reading):
                if piece.sample.count("*** ") != 2:
                    raise RecursionError("too deep")
                yield from super().documents(piece, reading)

        assert check_reader(Throws(), self.sample(tmp_path), n_damaged=80).n_skips > 0
