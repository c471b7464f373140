"""Terms as figures show them: Arabic, English, both."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.arabic import load_morphology, term_label, term_labels
from syriatopics.errors import InputError


@pytest.mark.parametrize(
    ("term", "language", "label"),
    [
        ("بشار_الأسد", "ar", "بشار الأسد"),
        ("بشار_الأسد", "en", "Bashar al-Assad"),
        ("بشار_الأسد", "both", "بشار الأسد · Bashar al-Assad"),
        ("حلب", "both", "حلب · Aleppo"),
        ("هدنة", "both", "هدنة"),  # no gloss, and Latin letters would tell nobody anything
        ("هدنة", "en", "hdna"),
        ("2254", "both", "2254"),
    ],
)
def test_labels(term, language, label):
    assert term_label(term, language) == label


@pytest.mark.needs("camel")
def test_words_carry_their_gloss_where_the_data_is(tmp_path, write_database):
    morphology = load_morphology(write_database(tmp_path / "morphology.db"))
    assert term_label("المجلس", gloss=morphology) == "المجلس · council"
    assert term_label("المجلس", "en", gloss=morphology) == "council"
    assert term_label("قرمط", gloss=morphology) == "قرمط"


def test_the_arabic_is_the_form_that_people_read():
    analyzer = st.ArabicAnalyzer().fit(["الأمم المتحدة والهدنة", "الهدنة في حلب"])
    labels = term_labels(analyzer("الأمم المتحدة الهدنة"), display=analyzer.display)
    assert list(labels.values()) == ["الأمم المتحدة · the United Nations", "الهدنة"]


def test_an_unknown_language_names_the_choices():
    with pytest.raises(InputError, match="'fr' is not known. Languages: 'ar', 'both', 'en'"):
        term_label("حلب", "fr")


@given(some.text(alphabet="ابتةىيولمن_ ", max_size=20))
def test_every_term_has_a_label_that_holds_its_arabic(term):
    assert term_label(term, "both").startswith(term_label(term, "ar"))
