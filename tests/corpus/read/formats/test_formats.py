"""Every format: the articles that are in it, their fields, and the contract of its reader."""

import importlib
import importlib.util
from pathlib import Path

import pytest

import syriatopics as st
from syriatopics.corpus.read.piece import piece_of
from syriatopics.corpus.read.registry import reader_of, readers
from syriatopics.testing import check_reader

_spec = importlib.util.spec_from_file_location("made", Path(__file__).with_name("made.py"))
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)
SAMPLES = list(made.samples(None))
HOME = "syriatopics.corpus.read.formats"


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


NEEDS_EXTRA = {"rtf", "spreadsheets", "pdf"}
EACH = [
    pytest.param(s, id=s[1], marks=[pytest.mark.needs("formats")] if s[0] in NEEDS_EXTRA else [])
    for s in SAMPLES
]


@pytest.mark.parametrize("sample", EACH)
def test_the_articles_of_a_file_are_found_with_their_fields(sample, tmp_path):
    reader, name, content, n, known = sample
    path = write(tmp_path, name, content)
    assert reader_of(piece_of(path).unpacked).__name__ == f"{HOME}.{reader}"
    corpus = st.read_corpus(path)
    assert len(corpus) == n
    assert not len(corpus.skipped)
    bodies = [" ".join(a.paragraphs) + (a.title or "") for a in corpus]
    for text in made.TEXTS[: min(n, made.N)]:
        assert sum(text.rstrip(".") in body for body in bodies) >= 1, text
        assert not any(sum(t.rstrip(".") in body for t in made.TEXTS) > 1 for body in bodies)
    if known:
        found = {(a.title, str(a.date_printed)[:10]) for a in corpus}
        assert found == set(zip(made.TITLES[:n], made.DAYS[:n], strict=True))
        assert all(a.outlet for a in corpus)


@pytest.mark.parametrize("sample", EACH)
def test_each_reader_keeps_the_contract(sample, tmp_path):
    reader, name, content, n, _ = sample
    module = importlib.import_module(f"{HOME}.{reader}")
    found = check_reader(module, write(tmp_path, name, content), n_damaged=15)
    assert found.n_documents == n


def test_a_telegram_page_says_who_wrote_when(tmp_path):
    corpus = st.read_corpus(write(tmp_path, "messages.html", made.telegram_html()))
    assert [a.article_id for a in corpus] == ["messages-5", "messages-6", "messages-7"]
    assert [str(a.date_printed)[:10] for a in corpus] == list(made.DAYS)
    assert {a.outlet for a in corpus} == {"شبكة الرقة"}
    assert [a.origin for a in corpus] == [None, None, "وكالة"]
    assert len(corpus.articles[0].paragraphs) == 2
    assert any("1 message without a text" in n and "1 service message" in n for n in corpus.notes)


def test_every_reader_shipped_is_met_by_a_sample():
    met = {f"{HOME}.{sample[0]}" for sample in SAMPLES} | {f"{HOME}.pdf", f"{HOME}.sitemaps"}
    assert {reader.__name__ for reader in readers()} == met
