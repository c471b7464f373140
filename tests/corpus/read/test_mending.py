import pytest
from hypothesis import given
from hypothesis import strategies as st

import syriatopics
from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.mending import mended, mended_text

TEXT = "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات وصلت إلى المخيمات."
WORDS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=3, max_size=8)


@pytest.mark.parametrize("wrong", ["cp1256", "latin-1", "cp1251", "mac_roman", "cp437", "cp850"])
def test_utf8_that_was_read_in_a_wrong_encoding_is_read_again(wrong):
    found = mended_text(TEXT.encode().decode(wrong))
    assert found.text == TEXT
    assert [r.kind for r in found.repairs] == ["decoded again"]
    assert found.text[slice(*found.repairs[0][:2])] == TEXT


def test_what_was_read_wrongly_twice_is_read_again_twice():
    wrong = TEXT.encode().decode("cp1256").encode().decode("cp1256")
    assert mended_text(wrong).text == TEXT


def test_windows_1256_that_was_read_as_western_is_read_again():
    assert mended_text(TEXT.encode("cp1256").decode("cp1252")).text == TEXT


def test_a_damaged_line_costs_words_and_is_flagged(tmp_path):
    wrong = TEXT.encode().decode("cp1252", "replace")
    (tmp_path / "a.txt").write_text(wrong, encoding="utf-8")
    (article,) = syriatopics.read_corpus(tmp_path)
    assert "مصادر محلية" in article.raw
    assert "damaged character" in {flag.kind for flag in article.flags}


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Le café où l'élève âgé a été reçu à l'école: déjà vu.",
        "Журналист сообщил о событиях в Сирии.",
        "قال: Øystein Åse وصل إلى أوسلو.",
        "الحظ والطقس: ظ، ط؛ ظ! ط؟ «ظ» (ط)",
        "5 < 6 > 4 & 3; AT&T; R&D <3 <tag>",
        "a &copyleft b &foo; c",
    ],
)
def test_what_is_right_is_left_alone(text):
    found = mended_text(text)
    assert found.text == text
    assert found.repairs == ()


def test_entities_and_tags_of_a_cell():
    found = mended_text("&quot;نعم&quot; قال<br/>ثم مضى.</p><p>وعاد &amp; قال &#1571; <b>كلا</b>")
    assert found.text == '"نعم" قال ثم مضى.\n\n\n\nوعاد & قال أ كلا'
    assert {r.kind for r in found.repairs} == {"entity unescaped", "tag removed"}


def test_entities_that_were_escaped_twice():
    assert mended_text("&amp;quot;نعم&amp;quot;").text == '"نعم"'
    assert mended_text("&lt;p&gt;نعم.&lt;/p&gt;").text.strip() == "نعم."


def test_scripts_and_comments_go_with_what_they_hold():
    assert mended_text("نعم<script>alert('x')</script><!-- كلا --> ولا").text == "نعم ولا"


@given(
    st.lists(
        st.sampled_from(
            ["&quot;", "<br>", "<p>", "</p>", "&amp;nbsp;", "<b>", "كلمة ", "س.", "\n"]
        ),
        max_size=30,
    )
)
def test_every_repair_stands_inside_the_text_in_order(pieces):
    found = mended_text("".join(pieces))
    assert all(0 <= r.start <= r.end <= len(found.text) for r in found.repairs)
    assert list(found.repairs) == sorted(found.repairs)
    for repair in found.repairs:
        if repair.kind == "entity unescaped" and "&" not in found.text:
            assert found.text[repair.start : repair.end] in ('"', "\xa0", "")


@given(st.lists(WORDS, min_size=3, max_size=12), st.sampled_from(["cp1256", "latin-1", "cp437"]))
def test_whatever_arabic_words_were_read_wrongly_they_come_back(words, wrong):
    text = " ".join(words)
    assert mended_text(text.encode().decode(wrong)).text == text


def test_pages_are_left_alone_and_stated_values_are_put_right():
    page = Document("a", "&quot;", main_text=frozenset())
    assert mended(page) is page
    from syriatopics.corpus.documents import Given

    row = Document("a", TEXT, {"title": Given("&quot;نعم&quot;", "column 'title'")})
    title = mended(row).given["title"]
    assert title.value == '"نعم"'
    assert "put right" in title.evidence


def test_body_and_removed_spans_partition_what_was_put_right(tmp_path):
    other = "وأضافت أن المنظمات الدولية تنتظر موافقة الجهات المعنية لإدخال دفعة جديدة."
    (tmp_path / "a.csv").write_text(
        f'title,text\nx,"&nbsp;{TEXT}<br/><br/>&quot;{other}&quot;"\n', encoding="utf-8"
    )
    corpus = syriatopics.read_corpus(tmp_path / "a.csv")
    (article,) = corpus
    spans = sorted([*article.body_spans, *((s.start, s.end) for s in article.removed)])
    assert "".join(article.raw[a:b] for a, b in spans) == article.raw
    assert len(article.paragraphs) == 2
    assert set(corpus.repairs["kind"]) == {"entity unescaped", "tag removed"}
    assert any("was put right, entity unescaped: 1" in note for note in corpus.notes)


@pytest.mark.parametrize(
    ("was", "shown"),
    [
        ("iso8859_6", "cp1256"),
        ("mac_arabic", "cp1256"),
        ("iso8859_6", "cp1252"),
        ("mac_arabic", "cp1252"),
    ],
)
def test_one_encoding_of_a_byte_a_letter_that_was_read_as_another_is_read_again(was, shown):
    found = mended_text(TEXT.encode(was).decode(shown, "replace"))
    assert found.text.replace("\xa0", " ").rstrip(".\ufffd") == TEXT.rstrip(".")
    assert [r.kind for r in found.repairs] == ["decoded again"]


@pytest.mark.parametrize(
    "printed",
    [
        "".join(f"\\u{ord(letter):04x}" if letter > "~" else letter for letter in TEXT),
        repr(TEXT.encode()),
    ],
)
def test_letters_that_were_printed_as_escapes_are_letters_again(printed):
    found = mended_text(printed)
    assert found.text == TEXT
    assert {r.kind for r in found.repairs} == {"escape undone"}


def test_ends_of_lines_that_were_printed_are_ends_of_lines():
    found = mended_text(f"{TEXT}\\n\\n{TEXT}\\r\\nوقال")
    assert found.text == f"{TEXT}\n\n{TEXT}\nوقال"
    assert [r.kind for r in found.repairs] == ["escape undone"] * 2


@pytest.mark.parametrize("text", [f"{TEXT} C:\\new\\runs", r"c:\news \u0628", r"\n\n plain"])
def test_paths_and_latin_texts_keep_their_backslashes(text):
    assert mended_text(text).text == text
