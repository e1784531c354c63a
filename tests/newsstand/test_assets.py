import gzip
from pathlib import Path

import pytest

from kawaraban.newsstand.assets import GREATEST_IN_MEMORY, Assets
from kawaraban.newsstand.statics import AN_HOUR, FOR_GOOD, Statics


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "site").mkdir(parents=True)
    (folder / "site/look.css").write_text("body { color: black }\n" * 50)
    (folder / "site/icon.png").write_bytes(b"\x89PNG")
    (folder / "site/LICENSE").write_text("free")
    (folder / "site/.hidden").write_text("hidden")
    (folder / "large.woff2").write_bytes(bytes(GREATEST_IN_MEMORY + 1))
    return folder


def test_hashed_name_changes_with_content(root: Path) -> None:
    first = Assets([root]).hashed("site/look.css")
    assert first.startswith("site/look.")
    assert first.endswith(".css")
    assert len(first) == len("site/look.css") + 11
    assert Assets([root]).hashed("site/look.css") == first
    (root / "site/look.css").write_text("body { color: white }")
    assert Assets([root]).hashed("site/look.css") != first


def test_name_without_suffix_and_unknown_name(root: Path) -> None:
    assets = Assets([root])
    assert assets.hashed("site/LICENSE").startswith("site/LICENSE.")
    assert assets.hashed("none.css") == "none.css"
    assert assets.file("none.css") is None


def test_file_of_plain_and_hashed_name(root: Path) -> None:
    assets = Assets([root])
    assert assets.file("site/icon.png") == assets.file(assets.hashed("site/icon.png")) == root / "site/icon.png"


def test_later_folder_counts(root: Path, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    (theme / "site").mkdir(parents=True)
    (theme / "site/look.css").write_text("theme")
    assert Assets([root, theme, tmp_path / "none"]).file("site/look.css") == theme / "site/look.css"
    assert Assets([theme, root]).file("site/look.css") == root / "site/look.css"


def test_hidden_files_and_ways_out_are_no_assets(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (root / "out.txt").symlink_to(tmp_path / "secret.txt")
    (root / "way").symlink_to(tmp_path)
    (root / "lost.txt").symlink_to(root / "none.txt")
    assert set(Assets([root]).named) == {"site/look.css", "site/icon.png", "site/LICENSE", "large.woff2"}


def test_static_answers(root: Path) -> None:
    assets = Assets([root])
    statics = Statics(assets)
    plain, good = statics.answer("/static/site/look.css", False), statics.answer(f"/static/{assets.hashed('site/look.css')}", True)
    assert (dict(plain.headers)["cache-control"], dict(good.headers)["cache-control"]) == (AN_HOUR, FOR_GOOD)
    assert gzip.decompress(good.body) == plain.body
    assert dict(good.headers)["content-encoding"] == "gzip"
    assert dict(plain.headers)["vary"] == "Accept-Encoding"
    assert plain.tag != good.tag
    picture = statics.answer("/static/site/icon.png", True)
    assert (picture.body, dict(picture.headers)["content-type"], "vary" in dict(picture.headers)) == (b"\x89PNG", "image/png", False)


@pytest.mark.parametrize("path", ["/static/", "/static/none.css", "/static/../kawaraban.toml", "/static//site/look.css", "/static/site/.hidden"])
def test_static_that_is_not_there(root: Path, path: str) -> None:
    assert Statics(Assets([root])).answer(path, True).status == 404


def test_large_static_comes_from_the_disk(root: Path) -> None:
    statics = Statics(Assets([root]))
    answer = statics.answer("/static/large.woff2", True)
    assert (answer.file, answer.size, dict(answer.headers)["cache-control"]) == (str(root / "large.woff2"), GREATEST_IN_MEMORY + 1, AN_HOUR)
    (root / "large.woff2").write_bytes(bytes(GREATEST_IN_MEMORY + 2))
    assert (dict(statics.answer("/static/large.woff2", True).headers)["cache-control"], answer.tag != "") == ("no-cache", True)
    (root / "large.woff2").unlink()
    assert statics.answer("/static/large.woff2", True).status == 404


def test_assets_of_the_package() -> None:
    import kawaraban

    assets = Assets([Path(kawaraban.__file__).parent / "pages" / "static"])
    assert assets.hashed("kawaraban/icons/icon.svg") != "kawaraban/icons/icon.svg"
