import pytest

from syriatopics.corpus.parse.publishers import (
    by_name,
    credit_names,
    is_same_house,
    outlet_name,
    outlet_of_url,
    role_of,
)
from syriatopics.corpus.words import line_key


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.noonpost.com/43203/", "noonpost"),
        ("noonpost.com", "noonpost"),
        ("HTTP://NoonPost.COM:80/x", "noonpost"),
        ("https://arabic.cnn.com/world/1", "cnn_arabic"),
        ("https://notnoonpost.com/", None),
        ("https://noonpost.com.evil.example/", None),
        ("https://[broken", None),
        ("", None),
    ],
)
def test_outlets_are_known_by_their_hosts(url, outlet):
    found = outlet_of_url(url)
    assert (found[0] if found else None) == outlet


def test_a_name_that_is_also_a_word_counts_only_with_its_kind():
    assert line_key("تشرين") not in by_name()
    assert by_name()[line_key("صحيفة تشرين")] == "tishreen"
    assert credit_names()[line_key("تشرين")].id == "tishreen"


def test_an_agency_goes_before_an_outlet_of_the_same_name():
    assert credit_names()[line_key("سانا")].role == "agency"
    assert is_same_house("sana_outlet", "sana")
    assert not is_same_house("noonpost", "afp")


@pytest.mark.parametrize(
    ("publisher", "role"),
    [("afp", "agency"), ("foreign_policy", "paper"), ("amad", "outlet"), ("nobody", None)],
)
def test_roles(publisher, role):
    assert role_of(publisher) == role


def test_readable_names():
    assert (outlet_name("alhal"), outlet_name("alhal", "ar"), outlet_name("x")) == (
        "Al-Hal Net",
        "الحل نت",
        "x",
    )
