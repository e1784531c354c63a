"""Ten minutes are ten minutes of an engine, whatever the number of formats."""

import pytest

from fuzz import __main__ as fuzzing
from fuzz.targets import TARGETS

Told = fuzzing.Told


def asked(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, list[tuple[str, str, float]]]:
    """The exit code, and for how long each engine was let at each target."""
    jobs: list[tuple[str, str, float]] = []

    def fuzz(engine: str, target: str, seconds: float, work: object) -> Told:
        jobs.append((engine, target, seconds))
        return Told(engine, target, 1)

    monkeypatch.setattr(fuzzing, "fuzz", fuzz)
    monkeypatch.setattr(fuzzing, "is_there", lambda module: True)
    monkeypatch.setattr("sys.argv", ["fuzz", "--jobs", "1", *arguments])
    return fuzzing.main(), jobs


def test_targets_share_ten_minutes_of_each_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    code, jobs = asked(monkeypatch)
    assert code == 0 and {(engine, target) for engine, target, _ in jobs} == {(engine, target) for engine in fuzzing.ENGINES for target in TARGETS}
    for engine in fuzzing.ENGINES:
        assert sum(seconds for name, _, seconds in jobs if name == engine) == pytest.approx(600)


def test_target_alone_has_all_seconds_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, "--seconds", "60", "nitf", "nitf") == (0, [("hypothesis", "nitf", 60.0), ("atheris", "nitf", 60.0)])


def test_too_few_seconds_are_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(monkeypatch, "--seconds", "5") == (2, [])
    assert "too few" in capsys.readouterr().err
