from io import BytesIO

import pytest
from PIL import Image

from kawaraban.exchange.placeholder import placeholder


@pytest.mark.parametrize("size", [(320, 200), (180, 240), (1, 1)])
def test_placeholder_is_a_png_of_the_size(size: tuple[int, int]) -> None:
    image = Image.open(BytesIO(placeholder("港", *size)))
    assert (image.format, image.size) == ("PNG", size)


def test_placeholder_is_the_same_for_the_same_seed_only() -> None:
    first, again, other = (placeholder(seed, 320, 200) for seed in ("港", "港", "岬"))
    assert first == again != other


def test_placeholder_is_light() -> None:
    assert len(placeholder("港", 1600, 1000)) < 150_000
