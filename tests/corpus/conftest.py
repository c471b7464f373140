"""A list of outlets and agencies as a user writes it."""

import pytest

OWN = """
[[outlet]]
id = "example_daily"
en = "Example Daily"
ar = "المثال اليومي"
hosts = ["example.org"]
self = ["خاص المثال اليومي"]
dateline = ["المثال"]
kind = "newspaper"
country = "Syria"

[[agency]]
id = "example_wire"
en = "Example Wire"
ar = ["وكالة المثال"]
hosts = ["wire.example"]
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "my_outlets.toml"
    path.write_text(OWN, encoding="utf-8")
    return path
