"""Whatever an article holds: every character is accounted for, in time that grows with its length."""

import time

import pytest

import syriatopics as st
from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse import parse_article

HOSTILE = {
    "titles without a full stop": "الرئيس الروسي فلاديمير بوتين ",
    "visits": "وصل مايك بومبيو إلى روسيا هذا الشهر في زيارة ",
    "dates": "قال في 27 تموز 2016 ",
    "bold and links": "[قال](#) **س** ",
    "open brackets": "[قال ",
    "self-mentions": "قال ل “الحل نت” ",
    "short lines": "قال المتحدث\n",
    "repeated paragraphs": "قال المتحدث باسم الوزارة إن الاجتماع الذي عقد أمس انتهى\nبلا نتيجة\n",
    "damaged words": "كلمةلاصقة تستكشfan ",
    "sources": "المصدر:\n",
    "NUL bytes": "\x00س ",
    "no letters": "\u064b\u0640 ",
    "one seed": st.load_seeds()["000_c20d314892fde1d0"].raw[:2000],
}


def text_of(name, length):
    return (HOSTILE[name] * (length // len(HOSTILE[name]) + 1))[:length]


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_lost(name):
    raw = text_of(name, 5000)
    article = parse_article(Document("a", raw))
    spans = sorted([*article.body_spans, *((r.start, r.end) for r in article.removed)])
    assert "".join(raw[start:end] for start, end in spans) == raw


def seconds(text):
    start = time.process_time()
    parse_article(Document("a", text))
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_and_not_with_its_square(name):
    """Sixteen times the text takes less than 100 times the time; quadratic would take 256."""
    seconds(text_of(name, 1000))
    small = min(seconds(text_of(name, 8_000)) for _ in range(3))
    assert seconds(text_of(name, 128_000)) < 100 * max(small, 0.005)
