"""A planted corpus of three outlets in stories, and its explorer in a browser."""

import sys
from pathlib import Path

import pytest

import syriatopics as st
from syriatopics.explore.explorer import explorer_of
from syriatopics.report.report import context_of

sys.path.insert(0, str(Path(__file__).parent))
from selections import opened


@pytest.fixture(scope="session")
def context(passages):
    world = st.World(
        themes={"humanitarian": 0.2, "political_transition": 0.2},
        outlets={"a": 1.0, "b": 1.0, "c": 0.5},
        n_articles=150,
        start="2020-01-01",
        end="2020-06-30",
    )
    corpus = st.planted_corpus(passages, world, date_noise={"missing": 0.1}, random_state=5)
    options = st.report.ReportOptions(title="مدونة مزروعة", n_topics=4, trend_period="M")
    return context_of(corpus, options)


@pytest.fixture(scope="session")
def explorer(context):
    return explorer_of(context)


@pytest.fixture
def page(chromium, explorer, tmp_path):
    """The explorer in a browser; whatever a test does, it says nothing and asks for nothing."""
    yield from opened(chromium, explorer.html, tmp_path / "explore.html")


@pytest.fixture
def bare(chromium, context, tmp_path):
    """The same without texts."""
    yield from opened(chromium, explorer_of(context, text=False).html, tmp_path / "bare.html")


HOSTILE = (
    "</script><script>window.hacked = 1</script>",
    "</style><style>body { display: none }</style>",
    "]]> <!-- <![CDATA[ {{ 7 * 7 }} {% raw %}",
    '=HYPERLINK("x") " \' ` onload="window.hacked = 2"',
    "\u202egnihtemos\u202c \u2067x\u2069",
    "<img src=x onerror='window.hacked = 3'> <a href='javascript:alert(1)'>x</a>",
    "\U0001f54a المساعدات الإنسانية",
)


@pytest.fixture(scope="session")
def hostile_context():
    rows = [
        {
            "id": f"=h{n}",
            "outlet": f"<b>ناشر</b>{n % 2}",
            "title": f"=عنوان {text}",
            "date": f"2020-0{n + 1}-03",
            "url": "javascript:alert(1)",
            "text": "\n\n".join(
                f"قالت الأمم المتحدة إن إيصال المساعدات إلى النازحين في إدلب توقف {text} أمس."
                for _ in range(4)
            ),
        }
        for n, text in enumerate(HOSTILE)
    ]
    return context_of(
        st.read_corpus(rows),
        st.report.ReportOptions(title=HOSTILE[0], n_topics=2, min_df=1, max_df=1.0),
    )
