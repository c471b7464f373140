import pytest

import syriatopics as st
from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.parse.recurring import holds_recurring, learn_recurring

UNKNOWN = "حمل تطبيقنا المجاني من متجر الهواتف وكن أول من يعلم"
BODY = "قال مسؤول رقم {n} إن قافلة مساعدات وصلت إلى بلدة رقم {n} بعد مفاوضات طويلة بين الأطراف في تلك المنطقة."
MORE = "وأضاف أن عدد المستفيدين بلغ {n} أسرة من سكان البلدة المحاصرة منذ شهور طويلة كما تقول مصادر محلية."


def document(n, outlet, tail=UNKNOWN):
    raw = "\n\n".join([BODY.format(n=n), MORE.format(n=n), tail])
    return Document(f"{outlet}{n:03d}", raw, {"outlet": Given(outlet, "column")})


def corpus_of(documents):
    return [parse_article(d) for d in documents]


def test_a_line_that_recurs_in_an_outlet_is_learned_and_reported():
    articles = corpus_of([document(n, "amad") for n in range(12)])
    assert all(UNKNOWN in a.paragraphs for a in articles), "no rule knows it"
    recurring = learn_recurring(articles)
    assert recurring.table.values.tolist() == [["amad", 12, 1.0, UNKNOWN]]
    again = parse_article(document(3, "amad"), recurring["amad"])
    assert UNKNOWN not in again.paragraphs
    (span,) = [s for s in again.removed if s.text == UNKNOWN]
    assert (span.kind, span.reason) == ("boilerplate", "recurs across articles of this outlet")


def test_reading_a_corpus_uses_and_reports_it(tmp_path):
    for n in range(12):
        (tmp_path / f"{n}.txt").write_text(f"أمد/ {document(n, 'amad').raw}", encoding="utf-8")
    corpus = st.read_corpus(tmp_path)
    assert corpus.outlets == ["amad"]
    assert corpus.recurring["text"].tolist() == [UNKNOWN]
    assert not any(UNKNOWN in str(p) for a in corpus for p in a.paragraphs)
    assert (corpus.removed["text"] == UNKNOWN).sum() == 12


def test_nine_articles_are_not_enough():
    assert len(learn_recurring(corpus_of([document(n, "amad") for n in range(9)]))) == 0


def test_a_line_of_one_outlet_says_nothing_of_another():
    articles = corpus_of(
        [document(n, "amad") for n in range(12)]
        + [document(n, "alhal", "ختام آخر للنص هنا") for n in range(3)]
    )
    recurring = learn_recurring(articles)
    assert set(recurring) == {"amad"}
    assert not holds_recurring(parse_article(document(1, "alhal")), recurring)


def test_copies_of_one_text_teach_nothing():
    copies = [
        Document(f"a{n}", document(1, "amad").raw, {"outlet": Given("amad", "x")})
        for n in range(30)
    ]
    assert len(learn_recurring(corpus_of(copies))) == 0


def test_long_paragraphs_are_never_boilerplate():
    long = " ".join(f"كلمة{n}" for n in range(60)) + "."
    assert len(learn_recurring(corpus_of([document(n, "amad", long) for n in range(20)]))) == 0


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_articles_changes_nothing(reverse):
    articles = corpus_of([document(n, o) for n in range(15) for o in ("amad", "alhal")])
    ordered = articles[::-1] if reverse else articles
    assert learn_recurring(ordered).table.equals(learn_recurring(articles).table)
