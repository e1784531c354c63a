import gzip
import io
import zipfile
from pathlib import Path

import pytest

from kawaraban.wires.copy import Partly, Unreadable
from kawaraban.wires.formats import FORMATS
from kawaraban.wires.reading import read, recognised
from tests.wires.formats.conftest import as_json, expected, named, samples

JPEG = b"\xff\xd8\xff\xe0JFIF"
ITEM = '<nitf><head><docdata><doc-id id-string="{}"/></docdata></head><body><body.content>{}</body.content></body></nitf>'
PICTURE = '<media media-type="image"><media-reference source="pictures/a.jpg"/></media>'
ALL = samples(*FORMATS)


def zipped(**files: bytes | str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


@pytest.mark.parametrize("sample", ALL, ids=named)
def test_sample_fits_its_format_alone_or_first(sample: Path) -> None:
    assert recognised(sample.read_bytes()) == sample.parent.name


@pytest.mark.parametrize("sample", ALL, ids=named)
def test_sample_is_read_also_when_it_is_compressed(sample: Path) -> None:
    assert [as_json(copy) for copy in read(gzip.compress(sample.read_bytes()))] == expected(sample)


def test_every_format_has_samples_under_its_name() -> None:
    assert all(name == name.lower() and samples(name) for name in FORMATS)


@pytest.mark.parametrize("data", [b"", b"\n", b"hello", b"\0" * 100, b"<html></html>", b"{}", b"[1]", JPEG, b"%PDF-1.4", "港町で。".encode()])
def test_what_is_in_no_format(data: bytes) -> None:
    for ask in (recognised, read):
        with pytest.raises(Unreadable, match=r"in none of the formats that are known: jsonfeed, .*plaintext"):
            ask(data)


def test_format_by_name() -> None:
    assert read("見出し: 港\n記事番号: 1\n\nx".encode(), "plaintext")[0].guid == "1"
    with pytest.raises(Unreadable, match="not well-formed XML"):
        read("見出し: 港\n記事番号: 1\n\nx".encode(), format="nitf")
    with pytest.raises(Unreadable, match=r"there is no format 'klingon'; there are jsonfeed, "):
        read(b"x", "klingon")


def test_files_of_an_archive_with_their_pictures() -> None:
    copies = read(zipped(one_xml=ITEM.format("n-1", PICTURE), in__two_xml=ITEM.format("n-2", ""), pictures__a_jpg=JPEG, pictures__b_jpg=JPEG))
    assert [(copy.guid, [(medium.address, medium.size) for medium in copy.media]) for copy in copies] == [
        ("n-1", [("pictures/a.jpg", 8)]),
        ("n-2", []),
    ]


def test_pictures_that_the_only_item_does_not_name_are_its() -> None:
    (copy,) = read(zipped(one_xml=ITEM.format("n-1", ""), b_jpg=JPEG))
    assert [(medium.address, medium.mime, medium.content) for medium in copy.media] == [("b.jpg", "image/jpeg", JPEG)]


def test_bad_files_of_an_archive_do_not_stop_the_good_ones() -> None:
    with pytest.raises(Partly) as partly:
        read(zipped(one_xml=ITEM.format("n-1", PICTURE), torn_xml="<nitf>", note_txt="hello", a_jpg=JPEG))
    assert [(copy.guid, copy.media[0].size) for copy in partly.value.read] == [("n-1", 8)]
    assert [str(fault).partition(":")[0] for fault in partly.value.faults] == ["torn.xml", "note.txt"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(), "not the zip|none of the formats|nothing in it"),
        (zipped(a_jpg=JPEG), "nothing in it that could be copy"),
        (zipped(a_txt="x"), "a.txt: this is in none"),
        (gzip.compress(b"x"), "what it compresses: this is in none"),
        (b" " * 10_485_761, "larger than 10485760 bytes"),
    ],
    ids=["empty", "picture", "text", "gzip", "large"],
)
def test_what_can_not_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data)


def test_names_in_archives_stay_in_one_line() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../../\x1b[31m\na" + "b" * 300, "x")
    with pytest.raises(Unreadable) as refused:
        read(made.getvalue())
    assert str(refused.value).isprintable() and len(str(refused.value)) < 300
