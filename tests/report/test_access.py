"""Accessibility that can be read off the file: language, headings, tables, labels, contrast."""

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup


@pytest.fixture
def page(made):
    return BeautifulSoup(made.html, "html.parser")


def test_language_and_direction(page):
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert page.title.get_text(strip=True)
    assert page.select_one("meta[name=viewport]")
    for part in page.select("[lang=en]"):
        assert part["dir"] == "ltr"


def test_english_words_of_the_page_are_marked_as_english(page):
    for part in page.select("[lang=en], bdi, script, style, title, noscript"):
        part.extract()
    words = set(re.findall(r"[A-Za-z]{2,}", page.body.get_text()))
    assert words <= {"NMF"}, words


def test_headings_in_order(page):
    levels = [int(h.name[1]) for h in page.select("main h1, main h2, main h3, main h4, header h1")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_tables_have_captions_and_scopes(page):
    assert len(page.select("table")) > 10
    for table in page.select("table"):
        assert table.caption.get_text(strip=True)
        assert table.select("th")
        assert all(th.get("scope") in {"row", "col"} for th in table.select("th"))


def test_controls_are_named_and_ids_unique(page):
    ids = [node["id"] for node in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for control in page.select("input, select"):
        assert page.select_one(f"label[for={control['id']}]").get_text(strip=True)
    for button in page.select("button"):
        assert button["type"] == "button"
        assert button.get_text(strip=True)
    for node in page.select("[aria-labelledby]"):
        assert node["aria-labelledby"] in ids
    for link in page.select("a[href^='#']"):
        assert link["href"][1:] in ids


def test_pictures_are_hidden_from_readers_and_stand_beside_their_number(page):
    for svg in page.select("table svg[aria-hidden]"):
        assert svg.find_parent("tr").select(".n")
    assert all(s.get("aria-hidden") or s.find_parent("svg") for s in page.select("svg"))


def luminance(colour):
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast(page):
    named = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", page.style.string))
    for text in ("ink", "quiet", "link"):
        for ground in ("ground", "soft"):
            assert contrast(named[text], named[ground]) >= 4.5, (text, ground)
    assert contrast(named["ink"], named["mark"]) >= 4.5
    assert contrast(named["ink"], named["warn"]) >= 4.5
    assert contrast(named["link"], "#e8f2f9") >= 4.5
    for shape in ("c0", "c5"):
        assert contrast(named[shape], named["ground"]) >= 3


def test_the_colours_are_those_of_the_figures(page):
    from syriatopics.plots import COLOURS

    named = dict(re.findall(r"--(c\d): (#[0-9a-f]{6});", page.style.string))
    assert named == {f"c{n}": COLOURS[n].lower() for n in (0, 5)}
