import pytest

import syriatopics as st
from syriatopics.corpus.read.boundary import Boundary
from syriatopics.corpus.read.folders import article_files, names_of

TEXT = "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء."


def test_subfolders_are_searched_and_the_unread_is_counted(tmp_path):
    for name in (
        "a.txt",
        "sub/b.md",
        "sub/deep/c.HTML",
        ".hidden/x.txt",
        ".x.txt",
        "d.doc",
        "e.png",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    account = Boundary()
    files = article_files(tmp_path, account)
    assert [f.relative_to(tmp_path).as_posix() for f in files] == [
        "a.txt",
        "sub/b.md",
        "sub/deep/c.HTML",
    ]
    assert [(s.path, s.reason) for s in account.skipped] == [
        (str(tmp_path / "d.doc"), "files of kind .doc are not read: save it as .docx")
    ]


def test_same_names_in_two_folders_are_told_apart_by_their_paths(tmp_path):
    for name in ("one/a.txt", "two/a.txt", "two/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    files = article_files(tmp_path)
    assert [name for _, name in names_of(files, tmp_path)] == ["one/a", "two/a", "b"]


def test_a_loop_of_links_ends_and_links_out_are_not_read(tmp_path):
    folder, outside = tmp_path / "corpus", tmp_path / "secret.txt"
    (folder / "sub").mkdir(parents=True)
    outside.write_text("سر", encoding="utf-8")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "sub" / "back").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "again.txt").symlink_to(folder / "a.txt")
    corpus = st.read_corpus(folder)
    assert [a.article_id for a in corpus] == ["a", "again"]
    (note,) = corpus.notes
    assert "2 link out of the folder" in note
    assert "1 link to a folder" in note


@pytest.mark.parametrize("name", ["meta.csv", "meta.toml"])
def test_the_sidecar_in_the_folder_is_no_article_and_not_counted(tmp_path, name):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    side = tmp_path / name
    side.write_text(
        "[a]\noutlet='amad'\n" if name.endswith("toml") else "article_id,outlet\na,amad\n"
    )
    corpus = st.read_corpus(tmp_path, metadata=side)
    assert corpus.outlets == ["amad"]
    assert corpus.notes == ()
