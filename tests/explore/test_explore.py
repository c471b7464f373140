"""The explorer in a real browser: its numbers are Python's, and what a reader does is kept in its address."""

import csv
import io

import numpy as np
import pytest
from selections import ASK, Selections, differing, opened

from syriatopics.arabic import key, tokenize
from syriatopics.arabic.word_forms import first_word_forms
from syriatopics.explore.explorer import explorer_of

pytestmark = pytest.mark.slow
MEASURES = ["theme", "topic", "voice"]
NAMES = """async ([told, more]) => {
  const { data } = explorer, one = await data.select(told);
  const masks = [one, more === null ? one.map((held) => 1 - held) : await data.select(more)];
  return data.measures.naming.referents.map((_, r) => data.namings(r, masks));
}"""
APART = """async ([told, more]) => {
  const { data } = explorer, one = await data.select(told);
  return data.apart(one, more === null ? one.map((held) => 1 - held) : await data.select(more));
}"""


def until(page, true):
    """Wait until something is true; the policy of the page allows no function made of text."""
    for _ in range(200):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {true}")


@pytest.fixture(scope="module")
def draw(context):
    return Selections(context, seed=11)


def test_numbers_of_random_selections_are_those_of_python(page, draw):
    wrong, carried = [], 0
    for _ in range(20):
        told, more, side = draw.pair()
        answer = page.evaluate(ASK, [told, more, MEASURES])
        assert [s["passages"] for s in answer["sizes"]] == [(side == k).sum() for k in ("1", "2")]
        for name, python in draw.python(side).items():
            wrong += differing(name, python, answer["shares"][name])
            carried += int(np.isfinite(python[..., 1]).sum())
    assert wrong == []
    assert carried > 200  # intervals that were compared


def test_namings_and_words_apart_are_those_of_python(page, draw, context):
    compared = 0
    for _ in range(5):
        told, more, side = draw.pair()
        python = draw.naming(side)
        labels = sorted({key[1:3] for key in python})
        shown = page.evaluate(NAMES, [told, more])
        numbers = {
            round(cell[name], 9)
            for referent in shown
            for half in referent["shares"]
            for voice in half
            for cell in voice
            for name in ("share", "low", "high")
            if isinstance(cell[name], int | float) and np.isfinite(cell[name])
        }
        several = {r for r, _ in labels if sum(one == r for one, _ in labels) > 1}
        for place, cell in python.items():
            if place[1] in several:
                known = {round(v, 9) for v in cell if np.isfinite(v)}
                assert all(min(abs(v - n) for n in numbers) < 1e-8 for v in known), (place, cell)
                compared += len(known)
        words, found = draw.words_apart(side), page.evaluate(APART, [told, more])
        assert len(found) == len(words)
        for word in found:
            near = words.loc[[word["term"]]].to_numpy()
            assert np.abs(near - [word["logOdds"], word["z"]]).sum(axis=1).min() < 1e-8
    assert compared > 20


@pytest.mark.parametrize("word", ["النازحين", "نازح*", "الأُمم المتّحدة", "روسيا", "«", "2016"])
def test_words_are_found_as_python_folds_them(page, context, word):
    found = page.evaluate(
        "async (word) => Array.from(await explorer.data.select({ words: word }))", word
    )
    texts = [set(map(key, tokenize(text))) for text in context.passages.texts]
    asked = [(piece, piece.endswith("*")) for piece in word.split() if tokenize(piece)]

    def holds(words):
        for piece, open_end in asked:
            forms = {form for token in tokenize(piece) for form in first_word_forms(token)}
            if not (any(w.startswith(tuple(forms)) for w in words) if open_end else forms & words):
                return False
        return True

    assert found == [int(holds(words)) for words in texts]


def test_more_like_a_passage_begins_with_itself_and_its_copies(page, context):
    like = page.evaluate("async () => Array.from(await explorer.data.likeness('#7'))")
    texts = list(context.passages.texts)
    best = int(np.argmax(like))
    assert texts[best] == texts[7]
    assert like[7] > 0.99
    question = page.evaluate(
        "async () => Array.from(await explorer.data.likeness('المساعدات الإنسانية'))"
    )
    held = np.array(["مساعدات" in text or "نساني" in text for text in texts])
    assert held[np.argsort(question)[::-1][:20]].mean() > 2 * held.mean()


def test_what_is_chosen_stands_in_the_address_and_comes_back(page, chromium, explorer, tmp_path):
    page.locator("#outlet-0").check()
    page.fill("#words", "روسيا")
    page.fill("#from", "2020-02-01")
    page.locator("#from").dispatch_event("change")
    page.select_option("#against", "rest")
    page.click("#language")
    until(page, "location.hash.includes('a.words')")
    until(page, "document.getElementById('apart').querySelectorAll('button').length > 0")
    said, address = page.inner_text("#state"), page.evaluate("location.hash")
    again = opened(chromium, explorer.html, tmp_path / "again.html", address)
    other = next(again)
    assert other.inner_text("#state") == said
    assert other.get_attribute("html", "dir") == "ltr"
    assert other.input_value("#words") == "روسيا"
    assert other.inner_text("#shares") == page.inner_text("#shares")
    assert other.is_hidden("#stale")
    other.evaluate("location.hash = location.hash.replace(/of=\\w+/, 'of=00000000')")
    other.wait_for_selector("#stale", state="visible")
    next(again, None)


HOSTILE_ADDRESS = "#of=%3Cb%3E&lang=xx&against=__proto__&a.outlet=999,-1,x&a.words=%3Cscript%3E*&a.from=1e99&a.box=1,2,NaN,4&a.like=%23999999&colour=constructor&z=1"  # fmt: skip


def test_a_hostile_address_chooses_nothing_and_breaks_nothing(chromium, explorer, tmp_path):
    again = opened(chromium, explorer.html, tmp_path / "hostile.html", HOSTILE_ADDRESS)
    page = next(again)
    assert page.evaluate("Object.keys(explorer.state.a).sort().join()") == "like,words"
    next(again, None)


def test_a_selection_is_saved_as_csv(page, context):
    page.locator("#outlet-1").check()
    with page.expect_download() as download:
        page.click("#save")
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    table = context.passages.table
    mine = table[table["outlet"] == "b"]
    assert [row["passage_id"] for row in rows] == mine["passage_id"].tolist()
    assert [row["text"] for row in rows] == mine["text"].tolist()
    assert [int(row["start"]) for row in rows] == mine["start"].tolist()


def test_texts_can_be_left_out(bare, context):
    page = bare
    html = page.content()
    assert not any(text[:40] in html for text in context.passages.texts)
    assert page.evaluate("explorer.data.hasText") is False
    page.wait_for_selector(".passage")
    assert "ليست في هذا الملف" in page.inner_text("#list")
    assert "text" not in page.evaluate("explorer.csv([0, 1])").splitlines()[0].split(",")


def test_the_map_and_the_time_are_dragged(page):
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.up()
    page.wait_for_selector("#unbox", state="visible")
    half = page.evaluate(
        "explorer.data.select(explorer.state.a).then((m) => explorer.data.size(m).passages)"
    )
    assert 0 < half < page.evaluate("explorer.data.n")
    page.click("#unbox")
    page.locator("#time").scroll_into_view_if_needed()
    box = page.locator("#time").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 9)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 9)
    page.mouse.up()
    until(page, "'from' in explorer.state.a")
    # Time runs from right to left.
    assert page.evaluate("explorer.state.a.to - Math.max(...explorer.data.day)") >= -2


@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_nothing(chromium, explorer, tmp_path, language):
    from axe_playwright_python.sync_playwright import Axe

    again = opened(
        chromium,
        explorer.html,
        tmp_path / "axe.html",
        f"#lang={language}&against=rest&a.outlet=0&a.words=سوريا",
    )
    page = next(again)
    page.wait_for_selector(".passage")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
    next(again, None)


def test_hostile_text_is_shown_and_never_run(chromium, hostile_context, tmp_path):
    again = opened(chromium, explorer_of(hostile_context).html, tmp_path / "hostile.html")
    page = next(again)
    page.wait_for_selector(".passage")
    page.fill("#words", "المساعدات")
    until(page, "document.querySelector('#list mark')")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#list img, #list b, #list a").count() == 0
    lines = page.evaluate("explorer.csv([0])").splitlines()[1]
    assert not any(cell.startswith('"=') for cell in lines.split(","))
    next(again, None)
