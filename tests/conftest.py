"""What several tests look at, read once."""

import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import settings

import syriatopics as st
from syriatopics import extras

# Helpers of tests are found beside them.
sys.path.insert(0, str(Path(__file__).parent))

# The same examples in every run, and no clock: machines are shared.
settings.register_profile("steady", derandomize=True, deadline=None, print_blob=False)
settings.load_profile("steady")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Skip a test where an extra is not installed that it says it needs."""
    for mark in item.iter_markers("needs"):
        for extra in mark.args:
            try:
                extras.require(extra, item.name)
            except st.errors.NotInstalledError as missing:
                pytest.skip(str(missing))


@pytest.fixture(scope="session")
def seeds():
    return st.load_seeds()


@pytest.fixture(scope="session")
def passages(seeds):
    return seeds.passages()


@pytest.fixture(scope="session")
def dtm(passages):
    return st.count_terms(passages)


@pytest.fixture(scope="session")
def scores(passages):
    return st.score_themes(passages)


@pytest.fixture(autouse=True, scope="session")
def cache_of_tests(tmp_path_factory):
    """Keep vectors that tests make out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SYRIATOPICS_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    """Close what a test has drawn; matplotlib warns of many open figures."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture(scope="session")
def chromium():
    """A headless browser; the tests are skipped where none is installed."""
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if found is None:
        pytest.skip("no chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
