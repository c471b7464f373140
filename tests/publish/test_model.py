"""Every digit of a text stands in a number, and every number has an anchor of its own."""

from hypothesis import given
from hypothesis import strategies as st

from syriatopics.publish.model import Number, anchored


@given(st.text(alphabet="a5٣ ،.,-:/%()[]{}\\|ب\n+−", max_size=60))
def test_nothing_is_lost_and_no_digit_is_without_an_anchor(text):
    found = anchored(text, "x", "source", "en")
    assert "".join(p if isinstance(p, str) else p.shown for p in found.parts) == text
    assert not any(c.isdigit() for part in found.parts if isinstance(part, str) for c in part)
    anchors = [part.anchor for part in found.parts if isinstance(part, Number)]
    assert anchors == [f"x-{i}" for i in range(1, len(anchors) + 1)]


def test_what_hangs_together_is_one_number():
    text = "reading-1: 4,986 of 97.5%, 2016-07-27 (95e60a0d), -0.5."
    shown = [p.shown for p in anchored(text, "A b_c", "s", "en").parts if isinstance(p, Number)]
    assert shown == ["reading-1", "4,986", "97.5%", "2016-07-27", "95e60a0d", "-0.5"]
