"""Real files in a real folder."""

import os
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from kawaraban.wires.sources.folder import DONE, EMPTY, REFUSED, SETTLED, Folder, is_being_written

clock = count(1)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "incoming"
    path.mkdir()
    return Folder(path, 1000)


def looked(folder: Folder, times: int = 2) -> tuple[dict[str, bytes], list[str]]:
    """The files that the last of so many looks found, and every refusal."""
    refusals: list[str] = []
    for _ in range(times):
        found, more = folder.look(float(next(clock)))
        refusals += map(str, more)
    return {file.name: file.payload.data for file in found}, refusals


def test_file_is_taken_at_the_second_look(folder: Folder) -> None:
    (folder.path / "a.xml").write_bytes(b"copy")
    assert looked(folder, 1) == ({}, [])
    assert looked(folder, 1) == ({"a.xml": b"copy"}, [])


def test_looks_too_near_each_other_are_one(folder: Folder) -> None:
    (folder.path / "a.xml").write_bytes(b"copy")
    assert [len(folder.look(clock)[0]) for clock in (9.0, 9.0 + SETTLED / 2, 9.0 + SETTLED * 1.1)] == [0, 0, 1]


def test_file_that_grows_is_not_taken(folder: Folder) -> None:
    with (folder.path / "a.xml").open("ab", buffering=0) as file:
        for _ in range(5):
            file.write(b"half")
            assert looked(folder, 1) == ({}, [])
    assert looked(folder, 1) == ({"a.xml": b"half" * 5}, [])


def test_file_that_is_open_for_writing_is_not_taken(folder: Folder) -> None:
    """Though it has not grown for long: Linux tells who has it open."""
    with (folder.path / "a.xml").open("wb", buffering=0) as file:
        file.write(b"half")
        with (folder.path / "a.xml").open("rb") as reader:
            if not is_being_written(reader.fileno()):
                pytest.skip("this file system knows no leases")
        assert looked(folder, 5) == ({}, [])
        file.write(b" whole")
    assert looked(folder)[0] == {"a.xml": b"half whole"}


@pytest.mark.parametrize("name", [".a.xml", "a.xml.tmp", "a.XML.PART", "a.filepart", ".", "sub"])
def test_what_is_on_its_way_is_left(folder: Folder, name: str) -> None:
    if name == "sub":
        (folder.path / name).mkdir()
        (folder.path / name / "a.xml").write_bytes(b"copy")
    elif name != ".":
        (folder.path / name).write_bytes(b"copy")
    assert looked(folder, 3) == ({}, [])


def test_renamed_into_place_is_taken(folder: Folder) -> None:
    (folder.path / "a.xml.part").write_bytes(b"copy")
    looked(folder)
    (folder.path / "a.xml.part").rename(folder.path / "a.xml")
    assert looked(folder)[0] == {"a.xml": b"copy"}


def test_oldest_comes_first_and_not_too_many_at_once(folder: Folder) -> None:
    for number in range(60):
        file = folder.path / f"{number:02}.xml"
        file.write_bytes(b"%d" % number)
        os.utime(file, (1000 - number, 1000 - number))
    found, _ = looked(folder)
    assert list(found) == [f"{number:02}.xml" for number in range(59, 9, -1)]


def links(folder: Folder) -> Iterator[Path]:
    secret = folder.path.parent / "secret"
    secret.write_bytes(b"secret")
    (folder.path / "real.xml").write_bytes(b"copy")
    targets = {"out": secret, "within": Path("real.xml"), "nowhere": Path("/no/such/file"), "up": Path(".."), "self": Path("self")}
    for name, target in targets.items():
        link = folder.path / name
        link.symlink_to(target)
        yield link


def test_links_are_refused_and_told_once(folder: Folder) -> None:
    made = list(links(folder))
    found, refusals = looked(folder, 4)
    assert found == {"real.xml": b"copy"}
    assert sorted(refusals) == sorted(f"{link.name}: it is a link, and only files are taken." for link in made)
    assert all(link.is_symlink() for link in made)


def test_pipe_and_socket_hold_nobody_up(folder: Folder) -> None:
    os.mkfifo(folder.path / "pipe")
    assert folder.look(1000.0) == ([], [])
    assert [str(refusal) for refusal in folder.look(1001.0 + EMPTY)[1]] == ["pipe: it is no file."]
    assert folder.look(1002.0 + EMPTY) == ([], [])
    assert stat.S_ISFIFO((folder.path / "pipe").stat().st_mode)


@pytest.mark.parametrize("name", ["a\nb.xml", "-rf", "速報.xml", "\udcff\udcfe.xml", "x" * 255, "..xml..", "a\\b.xml", "$(reboot).xml"])
def test_odd_names_are_names(folder: Folder, name: str) -> None:
    if name.startswith("."):
        name = f"x{name}"
    (folder.path / name).write_bytes(b"copy")
    found, _ = folder.look(float(next(clock)))
    found, refusals = folder.look(float(next(clock)))
    assert [file.name for file in found] == [name] and refusals == []
    assert folder.put_away(found[0], delete=False)
    assert [file.name for file in (folder.path / DONE).iterdir()] == [name]


def test_too_large_is_put_aside_unread(folder: Folder) -> None:
    (folder.path / "a.xml").write_bytes(bytes(1001))
    found, refusals = looked(folder, 3)
    assert found == {} and len(refusals) == 1 and "1001 bytes" in refusals[0]
    assert (folder.path / REFUSED / "a.xml").stat().st_size == 1001


def test_empty_file_is_put_aside_when_nothing_more_comes(folder: Folder) -> None:
    (folder.path / "a.xml").touch()
    assert folder.look(1000.0) == folder.look(1000.0 + EMPTY / 2) == ([], [])
    assert "empty" in str(folder.look(1001.0 + EMPTY)[1][0])
    assert (folder.path / REFUSED / "a.xml").is_file()


def test_put_away_keeps_every_file(folder: Folder) -> None:
    for text in (b"one", b"two"):
        (folder.path / "a.xml").write_bytes(text)
        looked(folder, 1)
        found, _ = folder.look(float(next(clock)))
        assert folder.put_away(found[0], delete=False)
    kept = sorted((folder.path / DONE).iterdir(), key=lambda file: len(file.name))
    assert [file.read_bytes() for file in kept] == [b"one", b"two"] and kept[1].name.endswith("-a.xml")


def test_put_away_leaves_what_has_changed_meanwhile(folder: Folder) -> None:
    (folder.path / "a.xml").write_bytes(b"half")
    looked(folder, 1)
    found, _ = folder.look(float(next(clock)))
    (folder.path / "a.xml").write_bytes(b"half and the rest")
    assert not folder.put_away(found[0], delete=True)
    assert looked(folder)[0] == {"a.xml": b"half and the rest"}


def test_put_away_can_delete(folder: Folder) -> None:
    (folder.path / "a.xml").write_bytes(b"copy")
    looked(folder, 1)
    found, _ = folder.look(float(next(clock)))
    assert folder.put_away(found[0], delete=True) and folder.put_away(found[0], delete=True)
    assert list(folder.path.iterdir()) == []


def test_done_that_leads_elsewhere_is_not_followed(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder.path / DONE).symlink_to(tmp_path / "elsewhere")
    (folder.path / "a.xml").write_bytes(b"copy")
    looked(folder, 1)
    found, _ = folder.look(float(next(clock)))
    with pytest.raises(OSError):
        folder.put_away(next(file for file in found if file.name == "a.xml"), delete=False)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Folder(tmp_path / "no").look(1.0)
