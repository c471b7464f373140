"""The file itself: self-contained, the same to the byte, and true to the results behind it."""

import hashlib
import re
from base64 import b64encode

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

import syriatopics as st
from syriatopics.corpus import Corpus
from syriatopics.framing import theme_hits
from syriatopics.report import ReportOptions, make_report
from syriatopics.report.evidence import KEPT, LISTED, stratified

OPTIONS = ReportOptions(title="بذور", random_state=7, trend_period="Y", n_topics=6)


@pytest.fixture(scope="module")
def page(made):
    return BeautifulSoup(made.html, "html.parser")


def numbers_of(page):
    return {int(b["data-n"]): b.get_text(strip=True) for b in page.select("button[data-n]")}


def marked(payload, number):
    """Yield the text of each passage behind a number, with its marked stretches."""
    _, _, rows, marks = payload["numbers"][number]
    for row, flat in zip(rows, marks, strict=True):
        text = payload["passages"][row][-1]
        yield text, [text[s:e] for s, e in zip(flat[::2], flat[1::2], strict=True)]


def find_number(payload, *words):
    found = [
        n for n, (label, *_) in enumerate(payload["numbers"]) if all(w in label for w in words)
    ]
    assert len(found) == 1, [payload["numbers"][n][0] for n in found]
    return found[0]


# ---- the file


def test_small_and_whole_on_the_seeds(made):
    assert len(made.html) <= 3_000_000
    assert made.n_held == made.n_passages == 111


def test_the_same_corpus_gives_the_same_bytes_in_any_order(seeds, made):
    assert make_report(Corpus(reversed(seeds.articles)), OPTIONS).html == made.html


def test_nothing_is_loaded_from_anywhere(page):
    assert not page.select("[src], link, iframe, object, embed, form[action], [style], base")
    assert all(a["href"].startswith("#") for a in page.select("[href]"))
    assert not page.select("img, image, use")
    assert "url(" not in page.style.string
    assert "@import" not in page.style.string


def test_the_policy_allows_the_one_style_and_the_one_script(page):
    policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    code = [s for s in page.select("script") if s.get("type") is None]
    for found in (page.select("style"), code):
        assert len(found) == 1
        digest = b64encode(hashlib.sha256(found[0].string.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


# ---- what it says


def test_every_number_opens_its_passages(made, page, payload):
    shown = numbers_of(page)
    assert sorted(shown) == list(range(len(payload["numbers"]))) == list(range(made.n_numbers))
    for label, total, rows, marks in payload["numbers"]:
        assert label
        assert 1 <= len(rows) <= total
        assert len(rows) == min(total, LISTED)
        assert len(rows) == len(set(rows)) == len(marks)
        assert max(rows) < len(payload["passages"])


def test_a_share_of_one_article_is_what_stands_behind_it(page, payload, scores):
    """With one article per outlet a share is passages with the theme over passages."""
    shown, table = numbers_of(page), st.prevalence(scores).table
    ar = {theme.id: theme.ar for theme in scores.themes.theme}
    for row in table[table["outlet"] == "noonpost"].itertuples():
        if row.share > 0:
            number = find_number(payload, f"«{ar[row.theme]}»", "عند نون بوست")
            behind = payload["numbers"][number][1]
            assert behind / row.n_passages == pytest.approx(row.share)
            assert shown[number] == f"{row.share:.0%}"


def test_a_period_has_the_passages_of_its_articles(payload, seeds, scores):
    ar = {theme.id: theme.ar for theme in scores.themes.theme}
    inside = (scores.passages.table["date"].dt.year == 2016).to_numpy()
    for theme in scores.assigned:
        behind = int((scores.assigned[theme].to_numpy() & inside).sum())
        labels = [
            n for n in payload["numbers"] if n[0].startswith(f"«{ar[theme]}» في \u20662016\u2069")
        ]
        assert [n[1] for n in labels] == ([behind] if behind else [])


def test_marks_of_a_theme_are_its_entries(payload, scores):
    number = find_number(payload, "«إنساني»", "عند نون بوست")
    for text, words in marked(payload, number):
        hits = [h for h in theme_hits(text, scores.themes) if h.theme == "humanitarian"]
        assert words == [text[h.start : h.end] for h in hits]
        assert words


def test_marks_of_a_word_are_that_word(payload, dtm):
    labels = [
        n for n, (label, *_) in enumerate(payload["numbers"]) if "وأولها ما يغلب عليه" in label
    ]
    assert len(labels) == 48
    for number in labels:
        display = re.search("«(.+?)»", payload["numbers"][number][0])[1]
        terms = {term for term, shown in dtm.display.items() if shown == display}
        for _, words in marked(payload, number):
            assert words
            for word in words:
                assert terms & set(dtm.analyzer(word)), (display, word)


def test_offsets_lead_back_to_the_raw_text(payload, seeds):
    for article, name, start, end, *_, text in payload["passages"]:
        source = seeds[payload["articles"][article]["id"]]
        assert name.startswith(source.article_id)
        raw = source.raw[start:end]
        assert (raw[0], raw[-1]) == (text[0], text[-1])


def test_dates_carry_their_status(payload):
    told = {a["id"][:3]: a["dated"] for a in payload["articles"]}
    assert "2022-02-11" in told["000"]
    assert "لا ينقضه" in told["000"]
    assert "بين" in told["001"]
    assert "مستنتج" in told["001"]
    assert "2024-03-29\u2069 ينقضه النص" in told["004"]


def test_one_article_per_outlet_is_said_and_no_interval_is_drawn(page):
    assert "لكل ناشر هنا مقال واحد" in page.get_text()
    assert "خلف كل رقم مقال واحد" in page.get_text()
    assert not page.select(".reach")
    assert not page.select(".interval")


def test_intervals_are_drawn_where_the_data_bear_them(many):
    page = BeautifulSoup(many[1].html, "html.parser")
    assert page.select("#themes .reach")
    for number in page.select("#themes .interval"):
        low, high = map(
            int, re.fullmatch(r"(\d+)%–(\d+)%", number.get_text().replace("<", "")).groups()
        )
        assert 0 <= low <= high <= 100


# ---- large corpora


@pytest.fixture(scope="module")
def many(tmp_path_factory, passages):
    """Made of the seeds' paragraphs: two outlets, 40 articles each, over two years."""
    rng = np.random.default_rng(0)
    texts = [t for t in passages.texts if len(t) > 80]
    rows = [
        {
            "id": f"a{n:03d}",
            "outlet": f"outlet{n % 2}",
            "date": f"{2019 + n % 4 // 2}-0{1 + n % 9}-11",
            "title": f"عنوان {n}",
            "text": "\n\n".join(rng.choice(texts, 5, replace=False)),
        }
        for n in range(80)
    ]
    file = tmp_path_factory.mktemp("many") / "articles.csv"
    pd.DataFrame(rows).to_csv(file, index=False)
    corpus = st.read_corpus(file)
    options = ReportOptions(title="كثير", n_topics=3, trend_period="M", max_passages=60)
    return corpus, make_report(corpus, options)


def test_a_large_corpus_is_a_stated_sample(many, data_of):
    corpus, report = many
    total = len(corpus.passages())
    assert report.n_passages == total > 300
    assert 60 <= report.n_held < total
    page = BeautifulSoup(report.html, "html.parser").get_text()
    assert f"{report.n_held:,}" in page
    assert "عينة عشوائية طبقية" in page
    data = data_of(report)
    assert len(data["passages"]) == report.n_held
    for _, n, rows, _ in data["numbers"]:
        assert min(n, KEPT) <= len(rows) <= min(n, LISTED)
    assert any(len(rows) < n for _, n, rows, _ in data["numbers"])


@pytest.mark.slow
def test_ten_thousand_passages_stay_below_twenty_megabytes(tmp_path, passages, data_of):
    """Paragraphs of three sentences of the seeds, some 75 words: longer than most of the press."""
    rng = np.random.default_rng(1)
    said = [s.text for text in passages.texts for s in st.arabic.sentences(text)]
    rows = [
        {
            "id": f"a{n:05d}",
            "outlet": f"outlet{n % 12:02d}",
            "date": f"{2015 + n % 9}-{1 + n % 12:02d}-{1 + n % 28:02d}",
            "title": f"عنوان {n}",
            "text": "\n\n".join(" ".join(rng.choice(said, 3)) for _ in range(8)),
        }
        for n in range(1270)
    ]
    file = tmp_path / "articles.csv"
    pd.DataFrame(rows).to_csv(file, index=False)
    report = make_report(st.read_corpus(file), ReportOptions(title="كبير", n_topics=8))
    assert report.n_passages >= 10_000
    assert len(report.html) <= 20_000_000
    assert report.n_held < report.n_passages
    assert f"{report.n_held:,}" in BeautifulSoup(report.html, "html.parser").get_text()
    assert {n["outlet"] for n in data_of(report)["articles"]} == set(range(12))
    print(f"{len(report.html) / 1e6:.1f} MB, {report.n_held} of {report.n_passages} passages")


def test_a_sample_keeps_proportions_and_every_stratum():
    table = pd.DataFrame(
        {
            "outlet": ["a"] * 700 + ["b"] * 290 + ["c"] * 9 + [None],
            "date": pd.to_datetime(["2020-01-01"] * 999 + [None]),
        }
    )
    rows = stratified(table, 100, random_state=3)
    sizes = table["outlet"].iloc[rows].value_counts(dropna=False).to_dict()
    assert sizes["a"] == 70
    assert sizes["b"] == 29
    assert sizes["c"] == 1
    assert 100 <= len(rows) <= 101
    assert 999 in rows
    assert (np.diff(rows) > 0).all()
    assert (stratified(table, 100, random_state=3) == rows).all()
    assert not np.array_equal(stratified(table, 100, random_state=4), rows)


def test_a_sample_is_drawn_evenly():
    table = pd.DataFrame({"outlet": ["a"] * 50, "date": pd.NaT})
    drawn = np.zeros(50)
    for seed in range(400):
        drawn[stratified(table, 10, random_state=seed)] += 1
    # Binomial(400, .2): mean 80, standard deviation 8.
    assert drawn.sum() == 4000
    assert abs(drawn - 80).max() < 36


# ---- what cannot be shown is said


def test_a_corpus_of_one_outlet_says_what_is_missing(seeds):
    report = make_report(seeds.of_outlets("noonpost"), OPTIONS)
    page = BeautifulSoup(report.html, "html.parser")
    assert sorted(numbers_of(page)) == list(range(report.n_numbers))
    assert "لا تتسع هذه المدونة لهذا القسم" in page.select_one("#keyness").get_text()
    assert "2 outlets are asked for" in page.select_one("#keyness").get_text()
    assert page.select("#themes button[data-n]")


def test_a_tiny_corpus_without_outlet_and_date(tmp_path):
    (tmp_path / "a.txt").write_text(
        "وصلت المساعدات الإنسانية إلى النازحين في إدلب.", encoding="utf-8"
    )
    report = make_report(st.read_corpus(tmp_path), ReportOptions(title="صغير"))
    page = BeautifulSoup(report.html, "html.parser")
    assert sorted(numbers_of(page)) == list(range(report.n_numbers))
    for section in ("trends", "topics", "keyness"):
        assert "لا تتسع" in page.select_one(f"#{section}").get_text()
    assert page.select("#themes button[data-n]")


# ---- hostile text


def test_hostile_text_stays_text(hostile, data_of):
    corpus, report = hostile
    text = report.html.decode()
    page = BeautifulSoup(text, "html.parser")
    assert len(page.select("script")) == 2
    assert len(page.select("style")) == 1
    assert not page.select("img, a[href^=file], [onload], [onerror], b")
    assert "{{ 7" in text
    assert "49" not in page.h1.get_text()
    data = data_of(report)
    texts = " ".join(passage[-1] for passage in data["passages"])
    for article in corpus:
        for paragraph in article.paragraphs:
            assert paragraph in texts
    # A pair of tags in a cell is undone where the table is read; one that closes nothing is text.
    assert "</script>" in texts
    body = (
        text[: text.index('id="data"')] + text[text.index("</script>", text.index('id="data"')) :]
    )
    assert not re.search("[\u202a-\u202e]", body), "no override outside of the passages"
    assert "[U+202E]" in body


def test_offsets_of_marks_count_as_browsers_do(hostile, data_of):
    """A dove stands before the words: two units of UTF-16, one character of Python."""
    _, report = hostile
    data = data_of(report)
    number = next(n for n in data["numbers"] if n[0].startswith("المقال") and "\U0001f54a" in n[0])
    row = number[2][0]
    theme = next(n for n in data["numbers"] if n[0].startswith("«إنساني»") and row in n[2])
    flat = theme[3][theme[2].index(row)]
    units = data["passages"][row][-1].encode("utf-16-le")
    words = [
        units[2 * s : 2 * e].decode("utf-16-le") for s, e in zip(flat[::2], flat[1::2], strict=True)
    ]
    assert "المساعدات الإنسانية" in " ".join(words)


def test_the_question_stands_by_outlet_over_time(passages):
    world = st.World(
        themes={"humanitarian": 0.2, "political_transition": 0.2},
        outlets={"a": 1.0, "b": 1.0},
        n_articles=60,
        contrasts={"a": {"humanitarian": 0.3}},
        start="2020-01-01",
        end="2020-03-31",
    )
    corpus = st.planted_corpus(passages, world, random_state=5)
    report = make_report(corpus, ReportOptions(title="x", n_topics=2))
    page = BeautifulSoup(report.html, "html.parser")
    table = next(
        t for t in page.select("#trends table") if "by outlet over time" in t.caption.get_text()
    )
    rows = {row.th.get_text(strip=True): row.select(".n") for row in table.tbody.select("tr")}
    expected = st.trend(
        st.score_themes(corpus.passages()), by="outlet", production="all",
        balance=("humanitarian", "political_transition"),
    ).table  # fmt: skip
    for outlet, cells in rows.items():
        mine = expected[expected["outlet"] == outlet]
        shown = [
            int(c.get_text(strip=True).split()[0].replace("−", "-").replace("+", "")) for c in cells
        ]
        assert shown == [round(100 * v) for v in mine["share"]]
        assert all(cell.name == "button" for cell in cells)


def test_words_of_two_axes_open_passages_that_hold_them(page, payload, seeds):
    tables = [
        t for t in page.select("#keyness table") if "against the rest" in t.caption.get_text()
    ]
    assert len(tables) == 3
    texts = [passage[6] for passage in payload["passages"]]
    opened = 0
    for button in (b for t in tables for b in t.select("td button")):
        label, total, rows, marks = payload["numbers"][int(button["data-n"])]
        assert button.get_text(strip=True) in label
        assert 0 < len(rows) <= total
        assert all(marks)  # the word is marked in each of them
        assert all(texts[row] for row in rows)
        opened += 1
    assert opened > 50


def test_what_was_counted_is_said_in_both_languages(page, seeds):
    said = page.select_one("#method").get_text()
    assert f"{len(seeds)} articles." in said and "5 مقالات." in said
    assert f"{len(seeds.passages()):,} of the text" in said
    assert f"The {len(seeds.passages(part='headline'))} headlines are counted apart" in said
    assert "a passage has a theme whose score in it is" in said
    assert "what is taken as independent" in said.lower()
    assert "own " in said and "نص الناشر نفسه" in said
