"""What the lexicons claim of the world: terms of office, and the pages that say so."""

import datetime as dt
import itertools
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syriatopics.arabic import key, variant_table
from syriatopics.corpus.dating.offices import named_in_office, terms_of
from syriatopics.corpus.parse.lines import split_lines
from syriatopics.errors import LexiconError
from syriatopics.framing.voices.offices import held_office
from syriatopics.lexicons import load

OFFICES = load("offices")
ALONE = [office for office in OFFICES.office if not office.shared]
WEEK = dt.timedelta(days=7)


def keys(text):
    fold = variant_table()
    return [fold(key(word)) for word in text.split()]


def holder(title, day):
    held = held_office(keys(title), dt.date.fromisoformat(day))
    return held.holder if held is not None else None


@pytest.mark.parametrize("office", ALONE, ids=lambda office: office.id)
def test_an_office_of_one_has_one_holder_at_a_time_and_its_gaps_are_named(office):
    terms = sorted(office.holder, key=lambda term: term.start)
    gaps = {(gap.start, gap.end) for gap in office.gap}
    for before, after in itertools.pairwise(terms):
        assert before.end is not None, f"{before.en} has no end, {after.en} follows"
        assert before.end <= after.start, f"{before.en} and {after.en} at once"
        if after.start - before.end > WEEK:
            assert (before.end, after.start) in gaps, f"{before.end} to {after.start}: nobody, why?"
            gaps.discard((before.end, after.start))
    assert not gaps, f"these are no gaps: {gaps}"


def entries_of(name):
    lexicon = load(name)
    if name == "offices":
        return [term for office in lexicon.office for term in office.holder]
    return lexicon.event if name == "events" else lexicon.outlet


@pytest.mark.parametrize("name", ["offices", "events", "outlets"])
def test_every_page_is_named_by_an_entry_and_has_an_address(name):
    entries, pages = entries_of(name), load(name).page
    assert {page.id for page in pages} == {page for entry in entries for page in entry.seen}
    for page in pages:
        assert page.at.startswith(("http://", "https://")), page.id
        assert page.at.isascii(), page.id
    assert all(len(set(entry.seen)) == len(entry.seen) for entry in entries)


def test_a_page_of_an_outlets_own_lies_on_one_of_its_hosts():
    outlets = load("outlets")
    at = {page.id: page.at for page in outlets.page}
    for outlet in outlets.outlet:
        own = f"own_{outlet.id}"
        if own in outlet.seen:
            host = urlsplit(at[own]).hostname
            assert any(host == h or host.endswith(f".{h}") for h in outlet.hosts), outlet.id


def test_a_host_belongs_to_one_outlet():
    hosts = [host for outlet in load("outlets").outlet for host in outlet.hosts]
    assert len(hosts) == len(set(hosts))


def test_every_term_and_every_event_but_one_names_a_page():
    assert all(term.seen for term in entries_of("offices"))
    assert [event.id for event in entries_of("events") if not event.seen] == ["terrorism_list_2026"]


def sources(name):
    """How many sources each entry has: Wikipedia, Wikidata and their copies are one."""
    copies = {page.id for page in load(name).page if "Wiki" in page.what}
    return [len({"wiki" if p in copies else p for p in entry.seen}) for entry in entries_of(name)]


@pytest.mark.parametrize(
    ("name", "least", "entries"),
    [("offices", 2, 590), ("events", 2, 127), ("outlets", 1, 124)],
)
def test_what_was_checked_stays_checked(name, least, entries):
    assert sum(n >= least for n in sources(name)) >= entries


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([(o, title) for o in OFFICES.office for title in o.ar]),
    st.dates(dt.date(1995, 1, 1), dt.date(2030, 1, 1)),
)
def test_no_day_outside_a_term_gives_its_holder(chosen, day):
    _, title = chosen
    held = held_office(keys(title), day)
    assert held is not None
    if held.holder:
        # Two offices may share a title; whoever is given holds one that is called so.
        called = [o for o in OFFICES.office if title in o.ar]
        assert any(
            term.start <= day <= term.last(OFFICES.known_until)
            for one in called
            for term in one.holder
        )


@pytest.mark.parametrize(
    ("title", "day", "name"),
    [
        ("رئيس الوزراء اللبناني", "2003-05-01", "رفيق الحريري"),
        ("رئيس الوزراء اللبناني", "2005-05-20", "نجيب ميقاتي"),
        ("رئيس الوزراء اللبناني", "2007-01-01", "فؤاد السنيورة"),
        ("رئيس الوزراء اللبناني", "2010-01-01", "سعد الحريري"),
        ("رئيس الوزراء اللبناني", "2019-12-01", "سعد الحريري"),
        ("رئيس الوزراء اللبناني", "2020-02-01", "حسان دياب"),
        ("وزير الخارجية الألماني", "2007-06-01", "فرانك فالتر شتاينماير"),
        ("وزير الخارجية الألماني", "2011-06-01", "غيدو فسترفيله"),
        ("وزير الخارجية الألماني", "2015-06-01", "فرانك فالتر شتاينماير"),
        ("الرئيس الروسي", "2004-01-01", "فلاديمير بوتين"),
        ("الرئيس الروسي", "2010-01-01", "ديمتري ميدفيديف"),
        ("وزير الدفاع الأمريكي", "2019-07-18", ""),
        ("وزير الخارجية الإسرائيلي", "2013-06-01", "بنيامين نتنياهو"),
        ("وزير الدفاع المصري", "2026-03-01", "أشرف سالم زاهر"),
        ("رئيس الوزراء العراقي", "2026-05-01", "محمد شياع السوداني"),
        ("رئيس الوزراء العراقي", "2026-07-01", "علي الزيدي"),
        ("رئيس الوزراء البريطاني", "2026-06-01", "كير ستارمر"),
        ("رئيس الوزراء البريطاني", "2026-08-01", "آندي بورنهام"),
        ("المرشد الإيراني", "2026-02-20", "علي خامنئي"),
        ("المرشد الإيراني", "2026-03-03", ""),
        ("المرشد الإيراني", "2026-03-10", "مجتبى خامنئي"),
        ("الرئيس اللبناني", "2015-06-01", ""),
        ("الرئيس السوري", "2024-12-20", ""),
        ("الرئيس السوري", "2025-03-01", "أحمد الشرع"),
    ],
)
def test_who_held_it_on_a_day(title, day, name):
    assert holder(title, day) == name


def test_after_the_day_to_which_the_lexicon_reaches_nobody_is_in_office():
    last = OFFICES.known_until
    assert holder("الرئيس التركي", last.isoformat()) == "رجب طيب أردوغان"
    assert holder("الرئيس التركي", (last + dt.timedelta(days=1)).isoformat()) == ""


def test_whom_a_later_page_names_is_in_office_until_that_day():
    named = next(o for o in OFFICES.office if o.id == "sy_president").holder[-1].known_until
    assert named > OFFICES.known_until
    assert holder("الرئيس السوري", named.isoformat()) == "أحمد الشرع"
    assert holder("الرئيس السوري", (named + dt.timedelta(days=1)).isoformat()) == ""


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("start = 2020-01-01\nend = 2021-01-01\nknown_until = 2022-01-01", "without an end"),
        ("start = 2020-01-01\nknown_until = 2019-01-01", "that has begun"),
    ],
)
def test_a_term_is_known_from_its_first_day_on(tmp_path, lines, why):
    file = tmp_path / "mine.toml"
    file.write_text(
        'version = 1\nabout = "x"\nknown_until = 2026-01-01\n[[office]]\nid = "mayor"\nen = "M"\n'
        'ar = ["عمدة"]\nside = "other"\nsource = "me"\n[[office.holder]]\nen = "A"\nar = ["ا ب"]\n'
        + lines,
        encoding="utf-8",
    )
    with pytest.raises(LexiconError, match=why):
        load("offices", file)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("قال رئيس الوزراء اللبناني الحريري أمس.", None),
        ("قال رئيس الوزراء اللبناني رفيق الحريري أمس.", "Rafic Hariri"),
        ("قال رئيس الوزراء اللبناني سعد الحريري أمس.", "Saad Hariri"),
        ("قال المرشد الإيراني خامنئي أمس.", None),
        ("قال المرشد الإيراني مجتبى خامنئي أمس.", "Mojtaba Khamenei"),
    ],
)
def test_a_form_that_two_holders_share_dates_nothing(text, person):
    found = [n.person for line in split_lines(text) for n in named_in_office(line)]
    assert [one.en for one in found] == ([] if person is None else [person])
    assert all(terms_of(one)[1] for one in found)


def test_events_stand_in_their_order_and_on_days_that_are_known():
    days = [event.date for event in load("events").event]
    assert days == sorted(days)


def test_an_event_that_ends_before_it_begins_is_refused(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        'version = 1\nabout = "x"\n[[event]]\nid = "mine"\ndate = 2020-01-02\nend = 2020-01-01\n'
        'en = "E"\nar = "ح"\nkind = "political"\nweight = 1\nsource = "me"\n',
        encoding="utf-8",
    )
    with pytest.raises(LexiconError, match="the end 2020-01-01 is before the day 2020-01-02"):
        load("events", file)


def test_an_entry_names_only_pages_that_stand_in_the_file(tmp_path):
    file = tmp_path / "mine.toml"
    event = (
        'version = 1\nabout = "x"\n[[event]]\nid = "mine"\ndate = 2020-01-01\nen = "E"\nar = "ح"\n'
        'kind = "political"\nweight = 1\nsource = "me"\nseen = ["letter"]\n'
    )
    file.write_text(event, encoding="utf-8")
    with pytest.raises(LexiconError, match="no page 'letter'"):
        load("events", file)
    page = '[[page]]\nid = "letter"\nwhat = "A letter"\nat = "https://example.org"\nopened = 2026-01-01\n'
    file.write_text(event + page, encoding="utf-8")
    assert load("events", file).event[-1].seen == ("letter",)
