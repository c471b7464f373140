"""The examples in docstrings are run: they are the first thing that a user tries."""

import doctest
import importlib
import pkgutil

import pytest

import syriatopics

MODULES = [
    module.name
    for module in pkgutil.walk_packages(syriatopics.__path__, "syriatopics.")
    if "._data" not in module.name
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(name)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    result = doctest.testmod(module, optionflags=flags)
    assert result.failed == 0
