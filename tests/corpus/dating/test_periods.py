from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from syriatopics.corpus.dating.periods import ALWAYS, Period, covers, hull, intersect, say, union

DAYS = some.dates(date(2011, 1, 1), date(2012, 1, 1))
ONE = some.tuples(some.none() | DAYS, some.none() | DAYS).map(
    lambda ends: Period(*(sorted(ends) if None not in ends else ends))
)
SETS = some.lists(ONE, min_size=1, max_size=4).map(union)


def days(periods):
    first = date(2010, 12, 1)
    return {n for n in range(430) if covers(periods, first + timedelta(days=n))}


@given(some.lists(ONE, min_size=1, max_size=4))
def test_a_union_holds_the_days_of_its_parts(parts):
    assert days(union(parts)) == set().union(*(days((part,)) for part in parts))
    assert union(union(parts)) == union(parts)


@given(SETS, SETS)
def test_an_intersection_holds_the_days_of_both(one, other):
    both = intersect(one, other)
    assert days(both) == days(one) & days(other)
    assert both == intersect(other, one)


@given(SETS)
def test_always_changes_nothing_and_the_hull_holds_all(periods):
    assert intersect(periods, ALWAYS) == periods
    assert days(periods) <= days((hull(periods),))
    assert say(periods)
