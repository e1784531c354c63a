"""What the wires' flow counts on."""

from benchmarks.inside.dispatch import FOLDER
from kawaraban.wires.sources.picking_up import is_within_incoming


def test_folder_of_the_arrivals_is_one_that_the_worker_watches() -> None:
    assert is_within_incoming(FOLDER) and not is_within_incoming("incoming")
