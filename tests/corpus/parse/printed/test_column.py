from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.corpus.parse.printed import DateOrder, read_date_column


def days(cells):
    return [found and found[0].date().isoformat() for found in read_date_column(cells).dates]


@pytest.mark.parametrize(
    ("cells", "order", "expected"),
    [
        # one cell that can be nothing else turns all
        (["4/28/2016", "4/5/2016", "3/2/2016"], "month first", ["2016-04-28", "2016-04-05", "2016-03-02"]),
        (["10/9/2016", "30/9/2016"], "day first", ["2016-09-10", "2016-09-30"]),
        (["11.03.2011", "03.05.2011", "20.10.2011"], "day first", ["2011-03-11", "2011-05-03", "2011-10-20"]),
        # years of two digits: what would lie in the future is not meant
        (["28/04/16", "05/04/16"], "day first", ["2016-04-28", "2016-04-05"]),
        (["12-01-06", "20-12-06", "29-12-06"], "day first", ["2006-01-12", "2006-12-20", "2006-12-29"]),
        (["16-04-28", "16-05-01"], "year first", ["2016-04-28", "2016-05-01"]),
        # a weekday beside the numbers
        (["Tue 3/5/2016", "4/5/2016"], "day first", ["2016-05-03", "2016-05-04"]),
        (["الثلاثاء 5/3/2016 ", "4/5/2016"], "month first", ["2016-05-03", "2016-04-05"]),
        # nothing to decide
        (["2016-04-28", "28 April 2016", "28 avril 2016", "٢٨ نيسان ٢٠١٦"], None, ["2016-04-28"] * 4),
    ],
)  # fmt: skip
def test_one_column_has_one_order(cells, order, expected):
    read = read_date_column(cells)
    assert days(cells) == expected
    assert (read.order, read.decided) == (order, True)


def test_what_nothing_decides_is_said():
    read = read_date_column(["4/5/2016", "3/2/2016"])
    assert not read.decided
    assert read.why == "day first, assumed: no cell decides between day and month (2 can be either)"
    assert days(["4/5/2016"]) == ["2016-05-04"]


def test_two_orders_in_one_column_are_said_and_what_can_be_either_is_not_read():
    cells = ["4/28/2016", "28/4/2016", "3/2/2016", "2016-01-02"]
    read = read_date_column(cells)
    assert days(cells) == ["2016-04-28", "2016-04-28", None, "2016-01-02"]
    assert not read.decided
    assert read.why.startswith("two orders in one column")
    assert read.unread == ["3/2/2016"]


def test_a_slip_among_many_does_not_turn_a_column():
    cells = [f"{day}/4/2016" for day in range(13, 31)] * 2 + ["4/28/2016", "3/2/2016"]
    assert days(cells)[-2:] == ["2016-04-28", "2016-02-03"]
    assert "two orders" in read_date_column(cells).why


@pytest.mark.parametrize(
    ("cells", "kind", "first"),
    [
        ([42488, 42489.5, "42490"], "serial numbers of a spreadsheet", datetime(2016, 4, 28)),
        (["1461864600", 1461864601.0], "seconds since 1970", datetime(2016, 4, 28, 17, 30)),
        (["1461864600000"], "milliseconds since 1970", datetime(2016, 4, 28, 17, 30)),
    ],
)
def test_numbers_as_whole_columns(cells, kind, first):
    order = DateOrder(cells)
    assert order.kind == kind
    assert order.read(cells[0])[0] == first
    assert all(order.read(cell) for cell in cells)


def test_a_number_among_dates_is_no_date():
    assert days(["42488", "28/4/2016"]) == [None, "2016-04-28"]


def test_empty_cells_decide_nothing():
    assert read_date_column([None, "", float("nan"), "0"]).dates == [None] * 4


def test_cells_are_written_back_as_far_as_they_are_known():
    order = DateOrder([])
    assert [order.iso(c) for c in ("28 April 2016", "نيسان 2016", "عام 2016", "28/4/2016 17:30", "soon")] == [
        "2016-04-28", "2016-04", "2016", "2016-04-28T17:30", None
    ]  # fmt: skip


@given(
    some.lists(some.dates(date(1990, 1, 1), date(2024, 1, 1)), min_size=1), some.sampled_from("/-.")
)
def test_a_column_with_one_deciding_day_is_read_back(found, sign):
    found = [*found, date(2016, 4, 28)]
    for form in ("{d.month}{s}{d.day}{s}{d.year}", "{d.day:02}{s}{d.month:02}{s}{d.year}"):
        assert days([form.format(d=day, s=sign) for day in found]) == [d.isoformat() for d in found]


@given(
    some.lists(
        some.one_of(some.text(), some.floats(), some.integers(), some.none(), some.datetimes())
    )
)
def test_no_cell_breaks_a_column(cells):
    assert len(read_date_column(cells).dates) == len(cells)


def test_tomorrow_is_possible_and_the_day_after_is_not():
    coming = date.today() + timedelta(days=40)
    assert read_date_column([f"{coming.day}/{coming.month}/{coming.year}"]).dates[0] is not None
