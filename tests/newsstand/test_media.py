from email.utils import formatdate
from pathlib import Path

import pytest

CONTENT = bytes(range(100))


@pytest.fixture(scope="module")
def pictures(magazine):
    media = magazine.config.media
    for name in ("images/a.jpg", "images/b.WEBP", "images/page.html", "images/.c.jpg", "images/empty.png", "own/d.gif", "original_images/secret.jpg"):
        file = media / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"" if "empty" in name else CONTENT)
    (media.parent / "outside.jpg").write_bytes(b"outside")
    (media / "images/way.jpg").symlink_to(media.parent / "outside.jpg")
    (media / "images/original.jpg").symlink_to(media / "original_images/secret.jpg")
    (media / "images/folder.jpg").mkdir()
    (media / "images/日本.jpg").write_bytes(CONTENT)
    return magazine


@pytest.mark.parametrize(
    ("path", "mime", "keeping"),
    [
        ("/media/images/a.jpg", "image/jpeg", "public, max-age=31536000"),
        ("/media/images/b.WEBP", "image/webp", "public, max-age=31536000"),
        ("/media/images/%E6%97%A5%E6%9C%AC.jpg", "image/jpeg", "public, max-age=31536000"),
        ("/media/own/d.gif", "image/gif", "public, max-age=3600"),
    ],
)
def test_picture(pictures, path: str, mime: str, keeping: str) -> None:
    answer = pictures.get(path)
    assert (answer.status, answer.body, answer.headers["content-type"], answer.headers["cache-control"]) == (200, CONTENT, mime, keeping)
    assert (answer.headers["accept-ranges"], answer.headers["content-length"]) == ("bytes", "100")
    assert answer.headers["x-content-type-options"] == "nosniff"
    head = pictures.running.ask("HEAD", path)
    assert (head.status, head.body, head.headers["content-length"], head.headers["etag"]) == (200, b"", "100", answer.headers["etag"])


@pytest.mark.parametrize(
    "path",
    [
        "/media/images/none.jpg",
        "/media/images/page.html",
        "/media/images/.c.jpg",
        "/media/images/way.jpg",
        "/media/images/original.jpg",
        "/media/images/folder.jpg",
        "/media/original_images/secret.jpg",
        "/media//original_images/secret.jpg",
        "/media/images/../original_images/secret.jpg",
        "/media/./original_images/secret.jpg",
        "/media/images/%2e%2e/%2e%2e/outside.jpg",
        "/media/%2Fetc/passwd.jpg",
        "/media/images/a.jpg%00",
        "/media/images/%00.jpg",
        "/media/images/%ff.jpg",
        "/media/images/" + "x" * 300 + ".jpg",
        "/media/",
        "/media/images",
    ],
)
def test_what_is_no_public_picture(pictures, path: str) -> None:
    answer = pictures.get(path)
    assert (answer.status, answer.body, answer.headers["cache-control"]) == (404, b"There is no such picture.\n", "no-store")
    assert not pictures.desk.asked


@pytest.mark.parametrize(
    ("asked", "told", "body"),
    [
        ("bytes=0-9", "bytes 0-9/100", CONTENT[:10]),
        ("bytes=90-", "bytes 90-99/100", CONTENT[90:]),
        ("bytes=-1", "bytes 99-99/100", CONTENT[99:]),
        ("bytes=50-1000", "bytes 50-99/100", CONTENT[50:]),
    ],
)
def test_range(pictures, asked: str, told: str, body: bytes) -> None:
    answer = pictures.get("/media/images/a.jpg", Range=asked)
    assert (answer.status, answer.headers["content-range"], answer.body) == (206, told, body)
    assert (answer.headers["content-length"], answer.headers["content-type"]) == (str(len(body)), "image/jpeg")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=9-1", "bytes=x", "pages=1-2"])
def test_range_that_is_answered_with_the_whole(pictures, asked: str) -> None:
    answer = pictures.get("/media/images/a.jpg", Range=asked)
    assert (answer.status, answer.body, "content-range" in answer.headers) == (200, CONTENT, False)


@pytest.mark.parametrize(("name", "size"), [("a.jpg", 100), ("empty.png", 0)])
def test_range_behind_the_end(pictures, name: str, size: int) -> None:
    answer = pictures.get(f"/media/images/{name}", Range="bytes=100-")
    assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{size}")


def test_empty_picture(pictures) -> None:
    answer = pictures.get("/media/images/empty.png")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", "0")


def test_range_of_the_same_file_only(pictures) -> None:
    first = pictures.get("/media/images/a.jpg")
    for condition, status in (
        (first.headers["etag"], 206),
        (first.headers["last-modified"], 206),
        ('"other"', 200),
        (formatdate(0, usegmt=True), 200),
    ):
        assert pictures.get("/media/images/a.jpg", Range="bytes=0-0", If_Range=condition).status == status


def test_range_is_for_get(pictures) -> None:
    answer = pictures.running.ask("HEAD", "/media/images/a.jpg", Range="bytes=0-0")
    assert (answer.status, answer.headers["content-length"]) == (200, "100")


def test_known_picture_is_not_sent_again(pictures) -> None:
    first = pictures.get("/media/images/a.jpg")
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    for given, status in (
        ({"If_None_Match": tag}, 304),
        ({"If_None_Match": f'W/{tag}, "x"', "Range": "bytes=1000-"}, 304),
        ({"If_Modified_Since": changed}, 304),
        ({"If_Modified_Since": formatdate(0, usegmt=True)}, 200),
        ({"If_Modified_Since": "yesterday"}, 200),
        ({"If_None_Match": '"other"', "If_Modified_Since": changed}, 200),
    ):
        answer = pictures.get("/media/images/a.jpg", **given)
        assert (answer.status, answer.headers["etag"]) == (status, tag)
        assert answer.body == (CONTENT if status == 200 else b"")


def test_large_picture_arrives_whole(pictures) -> None:
    content = bytes(range(256)) * 20_000
    Path(pictures.config.media / "images/large.png").write_bytes(content)
    assert pictures.get("/media/images/large.png").body == content
    assert pictures.get("/media/images/large.png", Range="bytes=1000001-4000000").body == content[1_000_001:4_000_001]
