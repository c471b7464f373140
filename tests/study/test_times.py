"""How long notebooks took: what a run says, and with which it begins."""

from syriatopics.study.times import Times


def test_the_longest_come_first_and_of_those_never_run_the_largest(tmp_path):
    times = Times(tmp_path / "times.json")
    notebooks = [tmp_path / f"{name}.ipynb" for name in "abcd"]
    for notebook, size in zip(notebooks, (10, 3000, 5000, 10), strict=True):
        notebook.write_text("x" * size)
    assert [n.stem for n in times.longest_first(notebooks)] == ["c", "b", "a", "d"]
    times.keep("d", 100.0)
    times.keep("c", 0.1)
    assert [n.stem for n in times.longest_first(notebooks)] == ["d", "b", "c", "a"]
