from pathlib import Path

from kawaraban.wires.bell import Bell


def test_bell_rings_until_it_is_heard(tmp_path: Path) -> None:
    here, there = Bell(tmp_path), Bell(tmp_path)
    assert not here.is_ringing
    there.ring()
    assert here.is_ringing and here.is_ringing
    here.hear()
    assert not here.is_ringing and there.is_ringing


def test_bell_that_can_not_be_rung_is_no_harm(tmp_path: Path) -> None:
    bell = Bell(tmp_path / "nowhere")
    bell.ring()
    assert not bell.is_ringing
