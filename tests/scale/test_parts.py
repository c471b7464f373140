"""Headlines of a store are those of memory."""

import pandas as pd
import pytest


@pytest.mark.parametrize("part", ["headline", "lead", "body", "all"])
def test_parts_of_a_store_are_those_of_memory(corpus, store, part):
    numbers = range(len(store.manifest["partitions"]))
    kept = pd.concat([store.passages(n, part).table for n in numbers], ignore_index=True)
    pd.testing.assert_frame_equal(kept, corpus.passages(part=part).table)
