"""A tenth of the damage that ``tests/drivers/mutations.py`` does."""

import importlib.util
from pathlib import Path

import pytest

_PATH = Path(__file__).parents[3] / "drivers" / "mutations.py"
_spec = importlib.util.spec_from_file_location("mutations", _PATH)
driver = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(driver)


@pytest.mark.slow
def test_damage_ends_in_right_articles_or_a_named_skip():
    faults, met, got = driver.run(100, seed=15)
    assert not faults
    assert met.total() > 50
    assert got.total() >= 0.9 * met.total()
