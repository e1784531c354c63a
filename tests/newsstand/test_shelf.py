from kawaraban.newsstand.answers import PageAnswer
from kawaraban.newsstand.shelf import Shelf

WEIGHT = 2_000


def answer() -> PageAnswer:
    return PageAnswer(200, [], weight=WEIGHT)


def test_shelf_keeps_what_is_asked_for() -> None:
    shelf = Shelf(20 * WEIGHT)
    kept = answer()
    shelf.put("/kept", kept)
    for number in range(1_000):
        shelf.put(f"/{number}", answer())
        assert shelf.get("/kept") is kept
    assert shelf.get("/0") is None
    assert len(shelf.young) + len(shelf.old) <= 22


def test_shelf_weighs_what_it_holds() -> None:
    shelf = Shelf(100 * WEIGHT)
    for _ in range(3):
        shelf.put("/a", answer())
    shelf.put("/b", answer())
    assert shelf.weight == 2 * WEIGHT
    shelf.drop("/a")
    shelf.drop("/none")
    assert (shelf.weight, shelf.get("/a")) == (WEIGHT, None)


def test_shelf_refuses_what_would_push_out_all_else() -> None:
    shelf = Shelf(4 * WEIGHT)
    shelf.put("/large", PageAnswer(200, [], weight=2 * WEIGHT))
    assert shelf.get("/large") is None


def test_shelf_without_room_keeps_nothing() -> None:
    shelf = Shelf(0)
    shelf.put("/a", answer())
    assert shelf.get("/a") is None
