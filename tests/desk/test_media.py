import io
from pathlib import Path

import pytest
from PIL import Image as Pillow

from kawaraban.demo import builders
from kawaraban.desk.models import Front, Picture
from kawaraban.desk.models.media import Rendition
from kawaraban.pages.images import SHAPES, image, shared_address


def test_picture_alt_is_its_own(front: Front) -> None:
    assert builders.make_picture(alt="港の朝").default_alt_text == "港の朝"


@pytest.mark.parametrize("shape", SHAPES)
def test_picture_in_every_shape(front: Front, shape: str) -> None:
    made = image(builders.make_picture(), shape)
    assert made.alt == "港の朝" and made.width > 0 and len(made.sources) == 2


def test_picture_for_shared_links_is_a_jpeg(front: Front) -> None:
    assert shared_address(builders.make_picture()).endswith(".jpg")


def test_no_picture_is_no_image() -> None:
    assert image(None, "card") is None and shared_address(None) == ""


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK"])
def test_picture_of_every_colour_mode(front: Front, mode: str) -> None:
    out = io.BytesIO()
    Pillow.new(mode, (40, 30)).save(out, "TIFF")
    assert image(builders.make_picture(out.getvalue()), "card") is not None


def test_picture_that_two_processes_cut_at_once_has_one_address(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    picture, others = builders.make_picture(), []
    write = Rendition.objects.bulk_create

    def late(made: list[Rendition], **more: object) -> list[Rendition]:
        monkeypatch.setattr(Rendition.objects, "bulk_create", write)
        others.append(image(Picture.objects.get(), "card"))  # another one is first after all
        return write(made, **more)

    monkeypatch.setattr(Rendition.objects, "bulk_create", late)
    assert image(picture, "card") == others[0]
    named = {made.file.name for made in Rendition.objects.all()}
    cut = (Path(picture.file.path).parent.parent / "images").glob(f"{Path(picture.file.name).stem}*")
    assert {f"images/{file.name}" for file in cut} == named


def test_picture_that_is_broken_is_left_out(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    picture = builders.make_picture()
    with Picture.objects.get().file.storage.open(picture.file.name, "wb") as file:
        file.write(b"no picture")
    assert image(Picture.objects.get(), "card") is None
    assert "can't be shown" in caplog.text
