import pytest

from kawaraban.readership import robots
from kawaraban.readership.robots import Robots

READERS = [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/14.19.0",
    "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
]
ROBOTS = [
    "",
    "-",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
]


@pytest.mark.parametrize("agent", READERS)
def test_browser_is_no_robot(agent: str) -> None:
    assert not Robots().has(agent)


@pytest.mark.parametrize("agent", ROBOTS)
def test_robot_is_one(agent: str) -> None:
    assert Robots().has(agent)


def test_welcome_program_is_no_robot() -> None:
    assert not Robots(["HeadlessChrome"]).has(ROBOTS[-1])
    assert Robots(["HeadlessChrome"]).has("curl/8.5.0")


def test_robots_remember_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "REMEMBERED", 2)
    found, looked = Robots(), []
    monkeypatch.setattr(found, "look", lambda agent: bool(looked.append(agent)))
    for agent in ("a", "b", "a", "c", "a", "c" * 600):
        assert found.has(agent) is False
    assert looked == ["a", "b", "c", "a", "c" * 500] and len(found.known) == 2
    assert found.knows("c" * 700) and not found.knows("b")
