import pytest

import syriatopics as st
from syriatopics.corpus.read.sidecar import read_sidecar
from syriatopics.errors import CorpusError

TEXT = "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء."


@pytest.fixture
def folder(tmp_path):
    for name in ("one/a.txt", "two/a.txt"):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True)
        path.write_text(TEXT, encoding="utf-8")
    return tmp_path / "corpus"


def test_articles_are_named_by_id_or_by_file(folder, tmp_path):
    side = tmp_path / "meta.csv"
    side.write_text("file,outlet\none/a.txt,amad\ntwo\\a.txt,alhal\n", encoding="utf-8")
    corpus = st.read_corpus(folder, metadata=side)
    assert [(a.article_id, a.outlet) for a in corpus] == [("one/a", "amad"), ("two/a", "alhal")]


def test_a_sidecar_stands_above_what_is_extracted_and_says_so(tmp_path):
    (tmp_path / "a.txt").write_text(
        f"بقلم: فلان الفلاني\n\n{TEXT}\n\n{TEXT} ثم قال.", encoding="utf-8"
    )
    side = tmp_path / "meta.toml"
    side.write_text(
        '[a]\nauthor = { value = "كاتب آخر", evidence = "the printed page" }\nevent_start = 2016-07-01\n',
        encoding="utf-8",
    )
    assert st.read_corpus(tmp_path)["a"].author == "فلان الفلاني"
    article = st.read_corpus(tmp_path, metadata=side)["a"]
    assert (article.author, article.evidence["author"]) == ("كاتب آخر", "the printed page")
    assert str(article.event_start) == "2016-07-01"


@pytest.mark.parametrize(
    "file", ["../a.txt", "/etc/passwd", "one/../../a.txt", "..\\a.txt", "C:/a.txt", "C:\\a.txt"]
)
def test_a_path_outside_of_the_folder_is_refused(tmp_path, file):
    side = tmp_path / "meta.csv"
    side.write_text(f"file,outlet\n{file},amad\n", encoding="utf-8")
    with pytest.raises(
        CorpusError, match=r"meta\.csv, line 2: the file .* leads out of the folder"
    ):
        read_sidecar(side)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("m.toml", "a = 3", "a is no table of an article"),
        ("m.toml", "[a", "not a TOML file"),
        (
            "m.toml",
            "[a]\nevent_start = 2016-08-01\nevent_end = 2016-07-01",
            "is before event_start",
        ),
        ("m.toml", '[a]\nproduction = "copied"', "Choices: 'own'"),
        ("m.csv", "article_id,outlet\na,x\na,y\n", "'a' stands twice in m.csv"),
        ("m.csv", "article_id,outlet\na,x,y\n", "line 2: more fields than columns"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, name, text, message):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        read_sidecar(tmp_path / name)


def test_a_missing_sidecar_is_named(tmp_path):
    with pytest.raises(CorpusError, match="No metadata file at"):
        read_sidecar(tmp_path / "nowhere.csv")


def test_a_sidecar_in_another_encoding(tmp_path):
    side = tmp_path / "m.csv"
    side.write_bytes("article_id,author\na,كولوم لينش مراسل الشؤون الدولية\n".encode("cp1256"))
    assert read_sidecar(side).by_id["a"]["author"].value.startswith("كولوم")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffarticle_id;outlet;date_printed\na1;amad;2016-04-28\n",
        "id,source,date\na1,amad,2016-04-28\n",
        "ID\tالمصدر\tالتاريخ\na1\tamad\t2016-04-28\n",
    ],
)
def test_a_sidecar_is_written_as_tables_are(text, tmp_path):
    path = tmp_path / "meta.csv"
    path.write_text(text, encoding="utf-8")
    known = read_sidecar(path).of("a1", "")
    assert (known["outlet"].value, known["date_printed"].value) == ("amad", "2016-04-28")
