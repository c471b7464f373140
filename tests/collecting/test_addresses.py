"""Addresses are written in one way, and traps are known by their looks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syriatopics.collecting.addresses import bare, day_in, fault_of, key_of, tidy

PATHS = st.lists(st.text("abس و/%-.1é ", max_size=8), max_size=5).map("/".join)


@given(
    PATHS,
    st.dictionaries(
        st.sampled_from(["id", "page", "utm_source", "س"]), st.text("a1س &", max_size=4)
    ),
)
def test_tidy_is_idempotent_and_its_key_is_the_same(path, asked):
    query = "&".join(f"{k}={v}" for k, v in asked.items())
    url = f"https://Example.org/{path}?{query}#x"
    assert tidy(tidy(url)) == tidy(url) and tidy(url).isascii()
    assert key_of(tidy(url)) == key_of(url)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://a.org/سوريا", "https://a.org/%d8%b3%D9%88%D8%B1%D9%8A%D8%A7"),
        ("http://www.a.org/1/", "https://a.org/1"),
        ("https://a.org/1?utm_medium=x&id=2", "https://a.org/1?id=2"),
        ("https://a.org/1/amp/", "https://a.org/1"),
        ("https://a.org/1?amp=1", "https://a.org/1"),
        ("https://a.org/x;jsessionid=8F3A?id=1", "https://a.org/x?id=1"),
        ("https://a.org:443/1#top", "https://a.org/1"),
        ("https://web.archive.org/web/20190107064625id_/https://a.org/1", "https://a.org/1"),
    ],
)
def test_one_page_under_several_addresses(a, b):
    assert key_of(a) == key_of(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://a.org/news.php?5721", "https://a.org/news.php?5722"),
        ("https://a.org/?p=1", "https://a.org/?p=2"),
        ("https://a.org/a%2Fb", "https://b.org/a%2Fb"),
        ("https://a.org/example", "https://a.org/ex"),
    ],
)
def test_two_pages_stay_two(a, b):
    assert key_of(a) != key_of(b)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ftp://a.org/x", "neither"), ("javascript:alert(1)", "neither"), ("https:///x", "no address"),
        ("https://a.org:x/", "no address"), ("https://[::1", "no address"), ("https://a.org/\nx", "no address"),
        ("https://a.org/" + "x" * 3000, "longer"), ("https://a.org" + "/cal/2018" * 5, "trap"),
        ("https://a.org/" + "/".join(map(str, range(40))), "trap"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_address(url, says):
    assert says in fault_of(url)


def test_days_and_secrets_in_addresses():
    assert day_in("https://a.org/2018/2/18/x").isoformat() == "2018-02-18"
    assert (
        day_in("https://a.org/20180230") is None
        and day_in("https://a.org/id/1234567890123") is None
    )
    assert "hush" not in bare("https://u:hush@a.org/feed?access_token=hush&x=1&Signature=hush")
