"""Archives and pages that mean no good: bounded, named, and the rest is read."""

import gzip
import importlib.util
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

import syriatopics as st
from syriatopics.errors import CorpusError

_spec = importlib.util.spec_from_file_location("made", Path(__file__).with_name("made.py"))
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)
TEXT = made.TEXTS[0]
ARTICLE = " ".join([TEXT] * 8)


def write(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_name_that_leads_out_of_a_zip_is_skipped_and_the_rest_is_read(tmp_path):
    data = made.zipped({"../out.txt": TEXT, "/abs.txt": TEXT, "ok.txt": TEXT})
    corpus = st.read_corpus(write(tmp_path / "a.zip", data))
    assert [a.article_id for a in corpus] == ["ok"]
    assert set(corpus.skipped["reason"]) == {"a name that leads out of the archive"}
    assert not (tmp_path.parent / "out.txt").exists()


def test_a_name_or_a_link_that_leads_out_of_a_tar_is_not_followed(tmp_path):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as file:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(link)
        for name in ("../x.txt", "ok.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(TEXT.encode())
            file.addfile(info, io.BytesIO(TEXT.encode()))
    corpus = st.read_corpus(write(tmp_path / "a.tar", held.getvalue()))
    assert [a.article_id for a in corpus] == ["ok"]


def test_a_zip_that_bursts_is_refused_by_its_own_account(tmp_path):
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file,
        file.open("a.txt", "w", force_zip64=True) as member,
    ):
        for _ in range(1100):
            member.write(bytes(2**20))
    with pytest.raises(CorpusError, match=r"unpacks to .* MB, 400 times its size"):
        st.read_corpus(write(tmp_path / "a.zip", held.getvalue()))


def test_a_gz_that_bursts_is_larger_than_what_is_read(tmp_path):
    path = tmp_path / "a.txt.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(200):
            file.write(b" \xd8\xb3" * 2**18)
    with pytest.raises(CorpusError, match="larger than 10 MB"):
        st.read_corpus(path)


def test_zips_in_zips_end(tmp_path):
    data = made.zipped({"a.txt": TEXT})
    for n in range(6):
        data = made.zipped({f"{n}.zip": data})
    with pytest.raises(CorpusError, match="an archive in more than 3 others"):
        st.read_corpus(write(tmp_path / "a.zip", data))


def test_entities_of_xml_are_not_expanded(tmp_path):
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    with pytest.raises(CorpusError, match="XML that declares entities is not read"):
        st.read_corpus(write(tmp_path / "a.rss", bomb))


def test_a_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(CorpusError, match="a pipe or a device"):
        st.read_corpus(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.html", "<html><body>" + "".join(f"<article><h2>عنوان {n}</h2><p>{ARTICLE}</p></article>" for n in range(3)) + "</body></html>", "holds 3 articles"),
        ("c.html", "<html><head><title>Just a moment...</title></head><body><p>Checking your browser</p></body></html>", "asks for a browser"),
    ],
)  # fmt: skip
def test_what_plainly_is_not_one_article_is_refused_by_name(name, content, reason, tmp_path):
    write(tmp_path / name, content)
    write(tmp_path / "ok.txt", TEXT)
    corpus = st.read_corpus(tmp_path)
    assert [a.article_id for a in corpus] == ["ok"]
    assert reason in corpus.skipped["reason"].iloc[0]
    with pytest.raises(CorpusError, match=reason):
        st.read_corpus(tmp_path, on_bad="error")


def test_teasers_beside_an_article_are_no_articles(tmp_path):
    teasers = "".join(f"<article><h3>خبر {n}</h3><p>{TEXT}</p></article>" for n in range(6))
    page = f"<html><body><article><h1>عنوان</h1><p>{ARTICLE}</p></article>{teasers}</body></html>"
    assert len(st.read_corpus(write(tmp_path / "a.html", page))) == 1


def test_an_article_without_a_word_is_said(tmp_path):
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "b.txt", "... --- ...")
    corpus = st.read_corpus(tmp_path)
    assert any("without a word" in n and "'b'" in n for n in corpus.notes) or len(corpus.skipped)


def test_what_breaks_the_parser_is_skipped_by_name(tmp_path, monkeypatch):
    import syriatopics.corpus.parse as parse

    whole = parse.judge_lines

    def breaks(lines, *rest):
        if any("انفجار" in line.text for line in lines):
            raise RecursionError("too deep")
        return whole(lines, *rest)

    monkeypatch.setattr(parse, "judge_lines", breaks)
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "b.txt", "وقع انفجار في المدينة.")
    corpus = st.read_corpus(tmp_path)
    assert [a.article_id for a in corpus] == ["a"]
    assert "RecursionError" in corpus.skipped["reason"].iloc[0]


@pytest.mark.parametrize("kind", ["rss", "atom", "wxr", "tei", "factiva_xml"])
def test_damage_in_xml_costs_the_article_in_which_it_is(kind, tmp_path):
    """Bytes that are no UTF-8, a beginning that is lost, a tag that is: the others are read."""
    data = getattr(made, kind)().encode()
    whole = [a.raw for a in st.read_corpus(write(tmp_path / "whole.xml", data.decode()))]
    first, last = (data.index(made.TEXTS[n].encode()) for n in (0, 2))
    for name, damaged in {
        "bytes": data[: first + 20] + b"\xff\xd8" + data[first + 22 :],
        "beginning": data[first + 21 :],
        "tag": data[: last + 9] + b"<<" + data[last + 11 :],
        "end": data[: last + 9],
    }.items():
        path = tmp_path / f"{name}.xml"
        path.write_bytes(damaged)
        read = [a.raw for a in st.read_corpus(path)]
        assert len(set(read) & set(whole)) >= 2, name
        assert not any(sum(t[:60] in text for t in made.TEXTS) > 1 for text in read), name
