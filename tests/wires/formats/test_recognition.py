"""Which format the bytes are in, whatever their name."""

from pathlib import Path

import pytest

from kawaraban.wires.formats import FORMATS
from kawaraban.wires.reading import recognised
from tests.wires.formats.conftest import named, samples


@pytest.mark.parametrize("sample", samples(*FORMATS), ids=named)
def test_sample_is_recognised_as_its_format_and_no_other(sample: Path) -> None:
    assert recognised(sample.read_bytes()) == sample.parent.name
