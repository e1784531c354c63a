"""Which thread does what a call from another thread asks for."""

import threading

import pytest

from kawaraban.newsstand.loop import Later, Loop, on_the_loop


@pytest.fixture
def loop():
    made = Loop()
    thread = threading.Thread(target=made.run_forever)
    thread.start()
    yield made
    made.call_soon_threadsafe(made.stop)
    thread.join(5)
    made.close()


def called(loop: Loop, coroutine) -> threading.Event:
    """As granian calls: what begins a coroutine, and the coroutine."""
    over = threading.Event()

    async def watched() -> None:
        await coroutine
        over.set()

    loop.call_soon_threadsafe(lambda begun, _: loop.create_task(begun), watched(), object())
    return over


def test_what_waits_for_nothing_is_over_when_the_call_returns(loop: Loop) -> None:
    threads = []

    async def answer() -> None:
        threads.append(threading.current_thread())

    assert called(loop, answer()).is_set()
    assert threads == [threading.current_thread()]


def test_what_crosses_goes_on_in_the_loop(loop: Loop) -> None:
    threads = []

    async def answer() -> None:
        threads.append(threading.current_thread())
        await on_the_loop()
        threads.append(threading.current_thread())

    assert called(loop, answer()).wait(5)
    assert threads[0] is threading.current_thread()
    assert threads[1] is not threads[0]


def test_other_calls_are_made_in_the_loop(loop: Loop) -> None:
    threads, over = [], threading.Event()
    loop.call_soon_threadsafe(lambda told: (threads.append(threading.current_thread()), told.set()), over)
    assert over.wait(5)
    assert threads != [threading.current_thread()]


def test_what_is_put_aside_goes_on_in_the_thread_that_takes_it_up(loop: Loop) -> None:
    threads, aside, told = [], [], []

    async def answer() -> None:
        told.append(await Later(aside.append))
        threads.append(threading.current_thread())

    over = called(loop, answer())
    assert len(aside) == 1 and not over.is_set()
    other = threading.Thread(target=aside[0], args=[True])
    other.start()
    other.join(5)
    assert over.is_set() and (threads, told) == ([other], [True])


def test_what_is_put_aside_may_go_on_at_once(loop: Loop) -> None:
    assert called(loop, Later(lambda go_on: go_on(False))).is_set()
