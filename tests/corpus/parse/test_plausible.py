import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import syriatopics

ONE = (
    "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات الإنسانية وصلت إلى المخيمات القريبة من "
    "المدينة بعد انقطاع دام أسابيع."
)
TWO = (
    "وأضافت المصادر أن المنظمات الدولية تنتظر موافقة الجهات المعنية لإدخال دفعة جديدة من المواد "
    "الغذائية والطبية إلى الأهالي على الحدود."
)
TEXT = f"{ONE}\n\n{TWO}"
FORMS = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in range(0xFE80, 0xFEFD)
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}


def flags_of(text, tmp_path, kind="txt"):
    (tmp_path / f"a.{kind}").write_text(text, encoding="utf-8")
    corpus = syriatopics.read_corpus(tmp_path / f"a.{kind}")
    (article,) = corpus
    for flag in article.flags:
        assert 0 <= flag.start <= flag.end <= len(article.raw)
    return {flag.kind for flag in article.flags}, corpus


def lines(change):
    return "\n".join(map(change, TEXT.split("\n")))


DOUBTFUL = {
    "letters reversed": (lines(lambda line: line[::-1]), "visual order"),
    "words reversed": (lines(lambda line: " ".join(line.split()[::-1])), "visual order"),
    "presentation forms": ("".join(FORMS.get(c, c) for c in TEXT), "presentation forms"),
    "presentation forms reversed": (
        lines(lambda line: "".join(FORMS.get(c, c) for c in line[::-1])),
        "visual order",
    ),
    "letters set apart": (" ".join(TEXT), "letters set apart"),
    "words of letters set apart": ("  ".join(" ".join(w) for w in TEXT.split()), "letters set apart"),
    "English": ("The president said on Monday that talks would resume in Geneva next week.", "not Arabic"),
    "Russian": ("Президент заявил в понедельник, что переговоры возобновятся в Женеве.", "not Arabic"),
    "Persian": (
        "رئیس جمهور در این نشست گفت که مذاکرات هفته آینده در ژنو از سر گرفته می‌شود و نمایندگان دو طرف در آن "
        "شرکت خواهند کرد تا درباره قانون و انتخابات گفتگو کنند و درباره آن تصمیم بگیرند",
        "no Arabic prose",
    ),
    "question marks": ("".join(c if c in " \n." else "?" for c in TEXT), "letters lost"),
    "mojibake that is lossy": (
        " ".join(w.encode().decode("latin-1")[1:] for w in TEXT.split()), "mojibake"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_no_arabic_prose_is_flagged_and_said(tmp_path, name):
    text, kind = DOUBTFUL[name]
    kinds, corpus = flags_of(text, tmp_path)
    assert kind in kinds
    assert any(f"flagged as {kind!r}: 1: 'a'" in note for note in corpus.notes)
    assert kind in corpus.summary().text


def test_articles_in_english_are_never_silent(tmp_path):
    rows = "\n".join(f"a{n},The talks number {n} resumed in Geneva on Monday." for n in range(40))
    (tmp_path / "a.csv").write_text(f"id,text\n{rows}\n", encoding="utf-8")
    corpus = syriatopics.read_corpus(tmp_path / "a.csv")
    assert any("'not Arabic': 40" in note for note in corpus.notes)
    assert "not Arabic" in corpus.summary().text


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "حول سوريا (Reuters) وقال John Smith إن شركات كثيرة في San Francisco ستعمل مع الحكومة هناك.",
        "ماذا؟ لماذا؟ كيف؟ متى؟ أين؟",
        "النتائج: 3-1، 2-0، 4-4، 1-1، 5-2 في الدوري.",
        "صلى الله عليه وسلم ﷺ ﷲ في المدينة.",
        "قال. ومضى إلى المدينة التي جاء منها قبل أن تبدأ الحرب في البلاد كلها وعاد.",
    ],
)
def test_real_prose_is_not_flagged(tmp_path, text):
    assert flags_of(text, tmp_path)[0] == set()


def test_a_damaged_character_is_flagged_where_it_stands(tmp_path):
    (tmp_path / "a.txt").write_bytes(ONE.encode()[:-1] + b"\xd9 " + TWO.encode())
    (article,) = syriatopics.read_corpus(tmp_path)
    (flag,) = article.flags
    assert article.raw[flag.start : flag.end] == "\ufffd"
    assert flag.kind == "damaged character"


@given(st.text(max_size=300))
def test_whatever_comes_nothing_fails(text):
    from syriatopics.corpus.parse.plausible import doubts_about

    for flag in doubts_about(text, ()):
        assert 0 <= flag.start <= flag.end <= len(text)
