"""The edition's folder deleted, replaced, taken away."""

import os
import shutil
import time

import pytest

from kawaraban.newsstand.stock import Stock, Unreadable


def test_stock_sees_what_was_committed(magazine) -> None:
    magazine.press.file("/a", "first")
    assert magazine.get("/a").text == "first"
    magazine.press.file("/a", "second")
    assert magazine.get("/a").text == "second"


def test_edition_that_was_deleted_fills_itself_again(magazine_of_its_own, until) -> None:
    magazine = magazine_of_its_own()
    magazine.press.file("/a", "first")
    assert magazine.get("/a").text == "first"
    press = magazine.press
    press.edition.close()
    shutil.rmtree(press.edition.folder)
    until(lambda: magazine.get("/a").status == 404, 3)
    press.open(magazine.config.edition)
    magazine.desk.has["/b"] = "printed anew"
    assert magazine.get("/b").text == "printed anew"
    until(lambda: magazine.get("/a").status == 404 and magazine.get("/b").status == 200)


def test_edition_that_was_replaced_is_opened(magazine_of_its_own, until, tmp_path) -> None:
    magazine = magazine_of_its_own()
    press, folder = magazine.press, magazine.config.edition
    press.file("/a", "first")
    assert magazine.get("/a").text == "first"
    press.edition.close()
    press.open(tmp_path / "other")
    press.file("/a", "second")
    press.edition.close()
    shutil.rmtree(folder)
    (tmp_path / "other").rename(folder)
    until(lambda: magazine.get("/a").text == "second", 3)
    press.open(folder)
    press.file("/a", "third")
    assert magazine.get("/a").text == "third"


def test_edition_whose_disk_is_gone(magazine_of_its_own, until) -> None:
    magazine = magazine_of_its_own()
    press, folder = magazine.press, magazine.config.edition
    press.file("/a", "first")
    assert magazine.get("/a").text == "first"
    press.edition.close()
    shutil.rmtree(folder)
    folder.write_text("no folder any more")
    end = time.monotonic() + 1.3
    while time.monotonic() < end:
        assert magazine.get("/a").text == "first"
        assert magazine.get("/healthz").status == 200
    folder.unlink()
    until(lambda: magazine.get("/a").status == 404, 3)
    press.open(folder)
    press.file("/a", "again")
    assert magazine.get("/a").text == "again"


def test_newsstand_that_starts_without_an_edition(tmp_path) -> None:
    stock = Stock(tmp_path / "edition")
    stock.folder.write_text("in the way")
    assert not stock.open()
    assert "can't be opened" in stock.fault
    stock.tend()
    with pytest.raises(Unreadable):
        stock.page("/")
    assert (stock.changes(), stock.count(), stock.policy(1), stock.look()) == (0, 0, "default-src 'none'", b"")
    stock.folder.unlink()
    stock.tend()
    assert (stock.fault, stock.page("/")) == ("", None)
    stock.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_may_not_be_written(tmp_path) -> None:
    folder = tmp_path / "edition"
    folder.mkdir(mode=0o500)
    assert not Stock(folder).open()
