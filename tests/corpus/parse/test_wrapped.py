import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

import syriatopics
from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.parse.lines import split_lines
from syriatopics.corpus.parse.wrapped import WRAPPED, wrapped_lines

ONE = (
    "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات الإنسانية وصلت إلى المخيمات القريبة من "
    "المدينة في نهاية الأسبوع بعد انقطاع دام أسابيع وأدى إلى نقص في الدواء."
)
TWO = (
    "وأضافت المصادر أن المنظمات الدولية تنتظر موافقة الجهات المعنية لإدخال دفعة جديدة من المواد "
    "الغذائية والطبية إلى الأهالي على الحدود."
)
PARAGRAPHS = st.lists(st.sampled_from([ONE, TWO]), min_size=1, unique=True)


def wrap(paragraphs, width, between="\n\n"):
    return between.join(textwrap.fill(p, width, break_on_hyphens=False) for p in paragraphs)


@given(PARAGRAPHS, st.integers(35, 90))
def test_blocks_of_lines_are_paragraphs_again(paragraphs, width):
    raw = wrap(paragraphs, width)
    article = parse_article(Document("a", raw))
    if article.repairs:
        assert [str(p) for p in article.paragraphs] == [" ".join(p.split()) for p in paragraphs]
    lines = raw.count("\n") + 1 - raw.count("\n\n") * 2
    assert article.repairs or lines - len(paragraphs) < 4
    spans = sorted([*article.body_spans, *((s.start, s.end) for s in article.removed)])
    assert "".join(raw[a:b] for a, b in spans) == raw


def test_without_blank_lines_a_short_line_that_ends_its_sentence_ends_the_paragraph():
    article = parse_article(Document("a", wrap([ONE, TWO], 55, "\n")))
    assert [str(p) for p in article.paragraphs] == [ONE, TWO]
    assert {r.kind for r in article.repairs} == {WRAPPED}


@pytest.mark.parametrize(
    "raw",
    [
        f"{ONE}\n\n{TWO}\n\n{ONE}",
        f"{ONE}\n{TWO}\n{ONE}\n{TWO}",
        "عنوان الخبر\n\n" + ONE,
        "\n".join(
            [
                "يا دمشق يا مدينة الياسمين",
                "قد أتيناك من كل الجهات",
                "نحمل الورد",
                "ونمضي",
                "إلى الشام",
            ]
        ),
        # Verse in lines of one width: one rhyme, two that take turns, none but no sign either.
        "\n".join(
            [
                "يا دار أهلي والطريق بعيد",
                "والليل فوق الراحلين شديد",
                "هذا غريب في البلاد وحيد",
                "يمشي، وفي كفيه منه بريد",
                "والشوق في صدر الغريب يزيد",
                "ما مات من كانت له دار وعيد.",
            ]
        ),
        "\n".join(
            [
                "سألت عن الدار بعد الرحيل",
                "وكان على بابها ياسمين",
                "فقالت: مضى العمر، والدرب طويل",
                "ومر على أهلها بعض السنين",
                "وفي آخر الليل ضوء ضئيل",
                "يضيء على وجهها المستكين",
            ]
        ),
        "\n".join(
            [
                "عدنا إلى البيت القديم مساء",
                "والباب مفتوح على الريح والحجر",
                "لا أحد هناك سوى ظلالنا",
                "تمشي معا في ساحة الدار الكبيرة",
                "كأنها تبحث عن صوت بعيد",
                "ضاع مع القطار حين مر الغرباء",
            ]
        ),
        "الأخبار:\n- وصول قافلة\n- اجتماع في جنيف\n- قصف على الريف\n- عودة لاجئين",
    ],
)
def test_lines_that_nobody_broke_stay(raw):
    assert wrapped_lines(split_lines(raw)) == frozenset()


def test_the_repair_is_recorded_and_said(tmp_path):
    (tmp_path / "a.txt").write_text(wrap([ONE, TWO], 55), encoding="utf-8")
    corpus = syriatopics.read_corpus(tmp_path)
    assert len(corpus.passages()) == 2
    assert set(corpus.repairs["kind"]) == {WRAPPED}
    assert any(WRAPPED in note for note in corpus.notes)
    assert WRAPPED in corpus.summary().text
