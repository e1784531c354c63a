"""Figures: how they are put together, told and written into the README."""

from pathlib import Path

import pytest

from benchmarks import readme, report
from benchmarks.homes import ROOT
from benchmarks.load import Load, Unloaded, told
from benchmarks.plan import Figure, Must, Result
from benchmarks.rounds import interleaved, ratio


def load(rate: float) -> Load:
    return Load(round(rate), 1.0, 0, 0.001, 0.002, 0.003)


def found(*musts: Must) -> dict:
    return report.report({"article": Result({"rounds": 5}, [Figure("requests", "1/s", 12345.6)], list(musts))}, 3.2, full=False)


def test_rounds_are_taken_in_turn() -> None:
    asked = []
    interleaved(["a", "b", "c"], 3, lambda name, number: asked.append((name, number)) or load(1))
    assert asked == [("a", 0), ("b", 0), ("c", 0), ("b", 1), ("c", 1), ("a", 1), ("c", 2), ("a", 2), ("b", 2)]


def test_ratio_is_the_median_of_the_rounds() -> None:
    assert ratio("x", [load(10), load(90), load(40)], [load(20), load(100), load(100)]).value == 0.5


def test_limits() -> None:
    least, most = Must("a", 0.38, 0.38), Must("b", 1.0, 1.001, most=True)
    assert (least.is_met, most.is_met) == (True, False)
    assert report.unmet([Result(musts=[least, most])]) == [most]


def test_report_tells_what_was_not_reached() -> None:
    text = report.markdown(found(Must("speed", 0.38, 0.3)))
    assert "| speed | ≥ 0.38 | 0.3 | ✗ |" in text
    assert "| requests | 12,346 | 1/s |" in text


@pytest.mark.parametrize("out", ["", "no json", '{"requests": 3, "statuses": 1, "faults": 0, "timeouts": 0}'])
def test_load_with_a_failure_is_no_figure(out: str) -> None:
    with pytest.raises(Unloaded):
        told(out)


def test_readme_gets_the_figures_between_its_marks() -> None:
    text = readme.with_figures(f"before\n{readme.BEGIN}\nold\n{readme.END}\nafter\n", {"article": found(Must("speed", 0.38, 0.3))})
    assert text.startswith(f"before\n{readme.BEGIN}\n")
    assert text.endswith(f"{readme.END}\nafter\n")
    assert "| article | speed | 0.3 | ≥ 0.38 (not reached) |" in text
    assert "old" not in text


def test_each_flow_is_told_by_its_newest_report(tmp_path: Path) -> None:
    for at, flow in (("2026-01-01T00", "article"), ("2026-01-03T00", "article"), ("2026-01-02T00", "scale")):
        made = report.report({flow: Result(musts=[Must("speed", 1, 2)])}, 1.0, full=False)
        report.write({**made, "at": at}, f"{at}-{flow}", tmp_path)
    newest = report.newest(tmp_path)
    assert [(name, newest[name]["at"][:10]) for name in newest] == [("article", "2026-01-03"), ("scale", "2026-01-02")]


def test_readme_without_marks_is_said() -> None:
    with pytest.raises(readme.Unmarked):
        readme.with_figures("text", {"article": found()})


def test_readme_has_the_newest_figures() -> None:
    """Where no report has been kept yet there are none."""
    text, newest = (ROOT / "README.md").read_text(encoding="utf-8"), report.newest()
    if not newest:
        assert f"{readme.BEGIN}\n{readme.END}" in text
    else:
        assert readme.write(ROOT / "README.md", newest, only_check=True), "run python -m benchmarks readme"
