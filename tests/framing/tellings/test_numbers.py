"""Numbers: one spelling for figures of any script and for words of two languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.framing.tellings.numbers import numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ثلاثة عشر قتيلا وخمسة عشر جريحا", ["13", "15"]),
        ("خمسة وعشرين ألفا وستمئة", ["25600"]),
        ("تسعمئة وتسعة وتسعون", ["999"]),
        ("بثلاثمئة وخمسين", ["350"]),
        ("السنوات الخمسين والقارات السبع", ["50", "7"]),
        ("sixty-five thousand four hundred", ["65400"]),
        ("three hundred and fifty people", ["350"]),
        ("two thousand", ["2000"]),
        ("95 في المئة و40 بالمئة", ["95", "40"]),
        ("six and seven", ["6", "7"]),
        ("ستة وسبعة", ["6", "7"]),
        ("$1.4bn and €16bn", ["1400000000", "16000000000"]),
        ("12.5% و 1٬200 و١٢٫٥ و1,200", ["12.5", "1200", "12.5", "1200"]),
        ("20 كانون الثاني 2001", ["20", "2001"]),
        # Thousands of people, a verb, ordinals, decades, centuries and keys are no numbers.
        ("آلاف النازحين", []),
        ("ألف الكاتب كتابه", []),
        ("القرن الخامس عشر والقرن العشرين", []),
        ("the 5th century and the 1970s", []),
        ("1,2,3", []),
        ("9" * 400, []),
        # Arabic says two by the form of a noun: قتيلان.
        ("two of 1 and 2", []),
    ],
)
def test_numbers_as_they_are_told(text, found):
    assert list(numbers(text)) == found


@given(some.integers(3, 10**12))
def test_figures_of_every_script_and_grouping_are_one_number(value):
    eastern = str(value).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    persian = str(value).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    for said in (str(value), f"{value:,}", f"{value:,}".replace(",", "٬"), eastern, persian):
        assert list(numbers(f"قتل {said} شخصا")) == [str(value)]


@given(some.text(max_size=60))
def test_any_text_can_be_read(text):
    assert all(float(value) > 0 for value in numbers(text))
