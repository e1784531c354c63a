"""What watches this machine asks for: is it alive, is it ready, how much did it do."""

import re
import shutil

import pytest

PATHS = ("/healthz", "/readyz", "/metrics")
SAMPLE = re.compile(r'([a-z_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})?) ([0-9.e+-]+)')


def samples(magazine) -> dict[str, float]:
    answer = magazine.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.text.endswith("\n")
    lines = [line for line in answer.text.splitlines() if not line.startswith("# ")]
    return {found[1]: float(found[2]) for found in map(SAMPLE.fullmatch, lines) if found or pytest.fail("not in the format")}


@pytest.mark.parametrize("path", PATHS)
def test_programs_are_answered_and_the_public_is_not(magazine, path: str) -> None:
    assert magazine.get(path).status == 200
    assert magazine.get(path, X_Forwarded_For="192.0.2.1").status == 404
    assert magazine.desk.asked[path] == 0


def test_readiness_says_what_is_missing(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own()
    assert (magazine.get("/readyz").status, magazine.get("/readyz").text) == (200, "ok\n")
    magazine.press.edition.remove("/", magazine.press.edition.changes(), magazine.press.generation)
    answer = magazine.get("/readyz")
    assert (answer.status, answer.text) == (503, "the front page has not been printed yet\n")
    assert magazine.get("/healthz").text == "ok\n"


def test_metrics_count_what_was_answered(magazine) -> None:
    magazine.press.file("/counted", "counted")
    before = samples(magazine)
    tag = magazine.get("/counted").headers["etag"]
    magazine.get("/counted", If_None_Match=tag)
    magazine.get("/not-there")
    magazine.get("/static/kawaraban/icons/icon.svg")
    after = samples(magazine)

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert grown('kawaraban_requests_total{kind="page",status="200"}') == 1
    assert grown('kawaraban_requests_total{kind="page",status="404"}') == 1
    assert grown('kawaraban_requests_total{kind="static",status="200"}') == 1
    assert grown("kawaraban_not_modified_total") == 1
    assert grown('kawaraban_desk_asked_total{outcome="absent"}') == 1
    assert grown("kawaraban_answer_seconds_count") == 5  # the first look at the metrics too
    assert after['kawaraban_answer_seconds_bucket{le="+Inf"}'] == after["kawaraban_answer_seconds_count"]
    assert grown("kawaraban_sent_bytes_total") > len("counted")
    assert after["kawaraban_edition_pages"] == 4
    assert after["kawaraban_resident_bytes"] > 10_000_000
    assert after["kawaraban_edition_age_seconds"] < 60


def test_metrics_of_all_processes_are_added_up(magazine_of_its_own, until) -> None:
    magazine = magazine_of_its_own(workers=2)
    dead = magazine.config.data / "run" / "metrics-999999999"
    dead.parent.mkdir(parents=True, exist_ok=True)
    dead.write_text('{"requests": {"page 200": 1000}}')
    assert len(magazine.running.pids) == 2
    for _ in range(60):
        assert magazine.get("/").status == 200
    until(lambda: samples(magazine)['kawaraban_requests_total{kind="page",status="200"}'] == 60, 3)
    assert not dead.exists()


def test_metrics_without_a_place_to_write(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own()
    shutil.rmtree(magazine.config.data / "run")
    (magazine.config.data / "run").write_text("in the way")
    assert samples(magazine)["kawaraban_edition_pages"] == 3
