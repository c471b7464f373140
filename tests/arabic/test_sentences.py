import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.arabic import sentences

CASES = [
    ("قال د. نجار إن 3.5 ملايين نزحوا. ماذا بعد؟", 2),
    ("ذكرت أ.ف.ب أن الاجتماع انتهى. ثم غادر.", 2),
    ("قال “هذه خطوة صائبة.” ثم خرج.", 2),
    ("انتهى الاجتماع؛ وغادر الوفد.", 2),
    ("هل تنجح المساعي؟ نعم…", 2),
    ("بلا نهاية", 1),
    ("", 0),
]


@pytest.mark.parametrize(("text", "n"), CASES)
def test_sentences(text, n):
    assert len(sentences(text)) == n


@given(some.text(alphabet=some.sampled_from("سورياد .؟!…؛“”»\n3")))
def test_sentences_hold_every_visible_character(text):
    found = sentences(text)
    assert all(text[s.start : s.end] == s.text for s in found)
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())
