import pytest

from syriatopics.corpus.parse.publishers import load_publishers
from syriatopics.corpus.words import line_key
from syriatopics.errors import LexiconError

SHIPPED = load_publishers()


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
    found = SHIPPED.outlet_of_url(url)
    assert (found[0] if found else None) == outlet


def test_a_name_that_is_also_a_word_counts_only_with_its_kind():
    assert line_key("تشرين") not in SHIPPED.by_name
    assert SHIPPED.by_name[line_key("صحيفة تشرين")] == "tishreen"
    assert SHIPPED.credit_names[line_key("تشرين")].id == "tishreen"


def test_an_agency_goes_before_an_outlet_of_the_same_name():
    assert SHIPPED.credit_names[line_key("سانا")].role == "agency"
    assert SHIPPED.is_same_house("sana_outlet", "sana")
    assert not SHIPPED.is_same_house("noonpost", "afp")


@pytest.mark.parametrize(
    ("publisher", "role"),
    [("afp", "agency"), ("foreign_policy", "paper"), ("amad", "outlet"), ("nobody", None)],
)
def test_roles(publisher, role):
    assert SHIPPED.role_of(publisher) == role


def test_readable_names():
    assert (SHIPPED.name_of("alhal"), SHIPPED.name_of("alhal", "ar"), SHIPPED.name_of("x")) == (
        "Al-Hal Net",
        "الحل نت",
        "x",
    )


def test_the_users_own_stand_beside_the_shipped_ones(own):
    known = load_publishers(own)
    assert known.outlet_of_url("https://www.example.org/1") == ("example_daily", "example.org")
    assert known.credit_names[line_key("وكالة المثال")] == ("example_wire", "agency")
    assert known.name_of("example_daily", "ar") == "المثال اليومي"
    assert known.role_of("example_wire") == "agency"
    assert known.role_of("afp") == "agency"
    assert SHIPPED.outlet_of_url("https://www.example.org/1") is None


def test_a_broken_file_is_named(own):
    own.write_text(own.read_text("utf-8").replace('"newspaper"', '"daily"'), "utf-8")
    with pytest.raises(
        LexiconError, match=r"outlets\.toml, line 9: outlet\.\d+\.kind|outlets\.toml"
    ):
        load_publishers(own)
    with pytest.raises(LexiconError, match="No lexicon file"):
        load_publishers(own.with_name("none.toml"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"example.org"', '"https://example.org"', "no bare host"),
        ('"example.org"', '"Example.org"', "no bare host"),
        ('"example.org"', '"www.example.org"', "no bare host"),
        ('"example.org"', '"example.org/"', "no bare host"),
        ('"example.org"', '"localhost"', "no bare host"),
        ('"خاص المثال اليومي"', '"..."', "no letter"),
        ('dateline = ["المثال"]', 'dateline = ["!"]', "no letter"),
        ('ar = "المثال اليومي"', 'ar = "!!"', "no letter"),
        ('ar = ["وكالة المثال"]', 'ar = ["-"]', "no letter"),
    ],
)
def test_what_could_never_be_found_is_refused(own, before, after, said):
    own.write_text(own.read_text("utf-8").replace(before, after), "utf-8")
    with pytest.raises(LexiconError, match=said):
        load_publishers(own)


def test_where_two_entries_share_a_host_or_a_name_the_users_has_it(own):
    text = own.read_text("utf-8").replace('"example.org"', '"example.org", "noonpost.com"')
    own.write_text(text.replace("self = [", 'also = ["نون بوست"]\nself = [', 1), "utf-8")
    known = load_publishers(own)
    assert known.outlet_of_url("https://noonpost.com/1") == ("example_daily", "noonpost.com")
    for name in ("نون بوست", "صحيفة نون بوست"):
        assert known.by_name[line_key(name)] == "example_daily"
    assert known.credit_names[line_key("نون بوست")].id == "example_daily"
