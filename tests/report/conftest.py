"""One report of the seeds, one of hostile text, and a browser where there is one."""

import json

import pytest

import syriatopics as st
from syriatopics.report import ReportOptions, make_report

FILE_LINK = "file:" + "///etc/passwd"
HOSTILE = (
    "</script><script>window.hacked = 1</script>",
    "</style><style>body { display: none }</style>",
    "]]> <!-- <![CDATA[",
    '" \' ` onload="window.hacked = 2" {{ 7 * 7 }} {% raw %}',
    "\u202egnihtemos\u202c \u2067x\u2069",
    f"<img src=x onerror='window.hacked = 3'> <a href='{FILE_LINK}'>{FILE_LINK}</a>",
    "\U0001f54a المساعدات الإنسانية",
)


@pytest.fixture(scope="session")
def made(seeds):
    return make_report(
        seeds, ReportOptions(title="بذور", random_state=7, trend_period="Y", n_topics=6)
    )


@pytest.fixture(scope="session")
def payload(made, data_of):
    return data_of(made)


@pytest.fixture(scope="session")
def data_of():
    """What a report carries, as the browser reads it."""
    return _data_of


def _data_of(report):
    text = report.html.decode()
    start = text.index('id="data">') + len('id="data">')
    return json.loads(text[start : text.index("</script>", start)])


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """Two outlets with hostile names, titles and text, each sentence beside one on aid."""
    rows = [
        {
            "id": f"h{n}",
            "outlet": f"<b>ناشر</b>{n % 2}",
            "title": f"عنوان {text}",
            "date": f"2020-0{n + 1}-03",
            "url": "javascript:alert(1)" if n else FILE_LINK,
            "text": "\n\n".join(
                f"قالت الأمم المتحدة إن إيصال المساعدات إلى النازحين في إدلب توقف {text} أمس."
                for _ in range(4)
            ),
        }
        for n, text in enumerate(HOSTILE)
    ]
    file = tmp_path_factory.mktemp("hostile") / "articles.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    corpus = st.read_corpus(file)
    return corpus, make_report(corpus, ReportOptions(title=HOSTILE[0], n_topics=2))
