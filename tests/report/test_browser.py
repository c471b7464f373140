"""The report in a real browser: headless Chromium, driven by Playwright."""

import json
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.arabic import PhraseMatcher
from syriatopics.arabic.tokenize import scan
from syriatopics.arabic.word_forms import first_word_forms

# A browser starts in seconds; all of these together take about a minute.
pytestmark = pytest.mark.slow


class Watch:
    """A page, and everything it says or asks for."""

    def __init__(self, browser, file, **options):
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.said, self.asked = [], []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())
        self.url = file.as_uri()

    def search(self, words):
        self.page.fill("#query", words)
        self.page.locator("#form").evaluate("form => form.requestSubmit()")
        return self.page.inner_text("#found")


@pytest.fixture(scope="module")
def file(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(made.html)
    return path


@pytest.fixture
def watch(chromium, file):
    opened = Watch(chromium, file, viewport={"width": 1280, "height": 900})
    yield opened
    # Whatever a test does with the page: it says nothing and asks for nothing but itself.
    assert opened.said == []
    assert opened.asked == [opened.url]
    opened.context.close()


@pytest.fixture(scope="module")
def shared(chromium, file):
    """A page whose functions are called and whose state stays as it is."""
    opened = Watch(chromium, file)
    yield opened.page
    opened.context.close()


# ---- words are folded in the browser as in Python


def both(shared, texts):
    """Return for each text key and words, by Python and by the browser."""
    call = "texts => texts.map(t => [report.folding.key(t), report.folding.words(t)])"
    python = [
        [st.arabic.key(t), [[st.arabic.key(w.text), w.start, w.end] for w in scan(t)]]
        for t in texts
    ]
    browser = shared.evaluate(call, texts)
    for answer in browser:
        # The search also finds words of other scripts, which scan leaves out.
        answer[1] = [w for w in answer[1] if w[0][:1].isdigit() or st.arabic.is_arabic_word(w[0])]
    return python, browser


def test_every_character_has_the_same_key(shared):
    letters = [
        chr(code)
        for code in range(0x20, 0x10000)
        if unicodedata.category(chr(code)) not in {"Cn", "Cs"}
    ]
    inside = [f"ا{letter}ل" for letter in letters]
    texts = letters + inside
    browser = shared.evaluate("texts => texts.map(report.folding.key)", texts)
    wrong = [
        (t, a, b)
        for t, a, b in zip(texts, map(st.arabic.key, texts), browser, strict=True)
        if a != b
    ]
    assert wrong == []


def test_the_seeds_have_the_same_words_at_the_same_places(shared, passages, seeds):
    texts = [*passages.texts, *(a.raw for a in seeds)]
    python, browser = both(shared, texts)
    assert browser == python


_LETTERS = (
    "اأإآٱىيیةهۀلكکؤئء"
    + "ًّـ\u0654\u0653\u200f\u200c\u202e\ufeff"
    + "0٣۴.,٫٬ \u00a0\n"
    + "aéﷲﻻ²\ufdfd\ufc60_-«»"
)


@settings(max_examples=60, deadline=None)
@given(some.lists(some.text(_LETTERS, max_size=14), min_size=20, max_size=20))
@example(["1٬000", "١٬٠٠٠٬٠٠٠", "الآ\u0653ن", "ا\u0654لى", "ﷲ", "\ufdfd", "لل\u200cآن", "٣٫٥", "ـ"])
@example(
    [
        "https://www.x.com/2016/07/أخبار-سوريا؟", "www.x.com/سوريا،", "x.com/سوريا", "x.com:80/سوريا",
        "a.b@x.com", "@سوريا_الآن", "C:\\\\أخبار", "~/news/سوريا", "«/news/أخبار»", "#دمشق", "أ/ب", "x.y", "و@",
    ]
)  # fmt: skip
def test_random_words_are_folded_alike(shared, texts):
    python, browser = both(shared, texts)
    assert browser == python


def test_first_words_take_the_same_forms(shared):
    words = [
        "الأمم",
        "أمم",
        "لاجئين",
        "ألغام",
        "الذين",
        "ليبيا",
        "اللاجئون",
        "إدلب",
        "2254",
        "ال",
        "الله",
    ]
    browser = shared.evaluate("words => words.map(w => Array.from(report.folding.forms(w)))", words)
    assert [set(found) for found in browser] == [set(first_word_forms(word)) for word in words]


# ---- search, filters, passages


def found_by_lexicons(entry, texts):
    """Return how often an entry stands in texts, found as entries of lexicons are."""
    matcher = PhraseMatcher({0: [entry]})
    return sum(
        len(matcher.find([st.arabic.key(word.text) for word in scan(text)])) for text in texts
    )


def hits(watch):
    return watch.page.locator(".kwic .hit").all_inner_texts()


def test_search_finds_a_name_however_it_is_written(watch, passages):
    said = watch.search("الامم المتحده")
    found = hits(watch)
    expected = found_by_lexicons("الأمم المتحدة", passages.texts)
    assert said.startswith(f"{expected} ")
    assert len(found) == expected > 20
    assert {"للأمم المتحدة", "الأمم المتّحدة"} <= set(found)


def test_search_of_a_beginning_of_a_form_and_of_nothing(watch, passages):
    watch.search("مساعد*")
    assert len(hits(watch)) == found_by_lexicons("مساعد*", passages.texts) > 10
    assert all("مساعد" in st.arabic.key(word) for word in hits(watch))
    watch.search("روسيا")
    loose = hits(watch)
    watch.page.check("#exact")
    exact = hits(watch)
    assert {st.arabic.key(w) for w in exact} == {"روسيا"}
    assert len(loose) > len(exact) > 0
    assert "لا شيء" in watch.search("كنغر")
    assert hits(watch) == []
    assert "111 فقرة" in watch.search("  ")


def test_a_place_opens_its_passage_with_the_word_marked(watch):
    watch.search("بيدرسن")
    watch.page.locator(".kwic .hit").first.click()
    panel = watch.page.locator("#panel")
    assert panel.is_visible()
    assert "بيدرسن" in " ".join(panel.locator("mark").all_inner_texts())
    assert "الموضع في الملف" in panel.inner_text()


def test_filters_filter(watch, scores):
    table = scores.passages.table
    watch.page.select_option("#outlet", label="نون بوست")
    assert watch.page.inner_text("#found").startswith("52 فقرة")
    watch.page.select_option("#theme", label="إنساني")
    n = int(
        (
            scores.assigned["humanitarian"].to_numpy() & (table["outlet"] == "noonpost").to_numpy()
        ).sum()
    )
    assert watch.page.inner_text("#found").startswith(f"{n} ")
    assert set(watch.page.locator("#results dd").filter(has_text="نون بوست").all_inner_texts()) == {
        "نون بوست"
    }
    watch.page.select_option("#outlet", value="")
    watch.page.select_option("#theme", value="")
    watch.page.select_option("#from", label="\u20662019\u2069")
    watch.page.select_option("#to", label="\u20662021\u2069")
    years = table["date"].dt.year.between(2019, 2021)
    assert watch.page.inner_text("#found").startswith(f"{int(years.sum())} ")
    watch.search("جيفري")
    assert hits(watch)
    watch.page.select_option("#from", label="\u20662021\u2069")
    assert hits(watch) == []


def test_every_number_opens_its_passages(watch, payload):
    behind = watch.page.evaluate(
        """() => Array.from(document.querySelectorAll("button[data-n]"), (button) => {
            button.click();
            const panel = document.getElementById("panel");
            const seen = [panel.open, panel.querySelectorAll(".passage").length, panel.querySelector("h2").textContent];
            panel.close();
            return [Number(button.dataset.n), ...seen];
        })"""
    )
    assert {n for n, *_ in behind} == set(range(len(payload["numbers"])))
    for n, opened, count, title in behind:
        label, _, rows, _ = payload["numbers"][n]
        assert opened
        assert count == min(len(rows), 20)
        assert title == label


def test_the_keyboard_is_enough(watch):
    page = watch.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    button = page.locator("#themes button[data-n]").first
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel").is_visible()
    assert page.evaluate("document.activeElement.id") == "close"
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    assert page.evaluate("document.activeElement.dataset.n") == button.get_attribute("data-n")


def test_arabic_runs_from_right_to_left_and_is_joined(watch):
    page = watch.page
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    first, last = (page.locator("nav a").nth(n).bounding_box() for n in (0, 1))
    assert first["x"] > last["x"]
    boxes = page.locator("#trends thead th[scope=col]").all()
    assert boxes[0].bounding_box()["x"] > boxes[-1].bounding_box()["x"]
    # Letters that join are narrower than the same letters apart.
    width = """(text) => { const s = document.createElement("span"); s.textContent = text;
        document.body.append(s); const w = s.getBoundingClientRect().width; s.remove(); return w; }"""
    assert page.evaluate(width, "سورية") < page.evaluate(width, "س\u200cو\u200cر\u200cي\u200cة")


# ---- phone, paper, hostile text, accessibility


def test_a_phone_needs_no_sideways_scrolling(chromium, file):
    phone = Watch(chromium, file, viewport={"width": 390, "height": 844}, has_touch=True)
    phone.search("سوريا")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    phone.page.locator("#themes button[data-n]").first.tap()
    assert phone.page.locator("#panel").bounding_box()["width"] <= 390
    assert phone.said == []
    phone.context.close()


def test_paper_has_the_notes_and_not_the_tools(watch):
    watch.page.emulate_media(media="print")
    watch.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert watch.page.locator("#themes .notes li").first.is_visible()
    for tool in ("#search", "nav", "#panel"):
        assert not watch.page.locator(tool).is_visible()
    assert watch.page.locator("#themes .panel").first.is_visible()


def test_hostile_text_is_read_and_not_obeyed(chromium, hostile, tmp_path):
    path = tmp_path / "hostile.html"
    path.write_bytes(hostile[1].html)
    watch = Watch(chromium, path)
    page = watch.page
    watch.search("المساعدات")
    page.locator(".kwic .hit").first.click()
    page.keyboard.press("Escape")
    for n in range(page.locator("button[data-n]").count()):
        page.locator("button[data-n]").nth(n).evaluate(
            "b => { b.click(); document.getElementById('panel').close(); }"
        )
    watch.search("")
    while page.locator("#search .more:visible").count():
        page.locator("#search .more:visible").first.click()
    shown = page.locator("#results").inner_text()
    assert "</script>" in shown  # the pair of tags is undone where the table is read
    assert "/etc/passwd" in shown
    assert "U+202E" in shown
    assert "\u202e" not in shown
    assert page.evaluate("typeof window.hacked") == "undefined"
    assert page.locator("img, a[href^=file]").count() == 0
    assert watch.said == []
    assert watch.asked == [watch.url]
    watch.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(chromium, file, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    watch = Watch(chromium, file, viewport={"width": width, "height": 900})
    watch.search("الأمم المتحدة")
    problems = axe.run(watch.page).response["violations"]
    watch.page.locator("#themes button[data-n]").first.click()
    problems += axe.run(watch.page).response["violations"]
    told = [(p["id"], p["help"], [n["html"][:200] for n in p["nodes"][:3]]) for p in problems]
    assert told == [], json.dumps(told, ensure_ascii=False, indent=1)
    watch.context.close()
