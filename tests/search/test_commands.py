"""The commands, without a magazine."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kawaraban.cli import app

LINES = [
    {"id": "a", "title": "北朝鮮の首相", "body": "経済制裁の解除を求める。船が港に着く。", "date": "2026-11-20"},
    {"id": 2, "title": "クジラの会話", "body": "海峡の船が速度を落とす。港の灯台。", "date": "2026-11-19T10:00:00+09:00"},
    {"id": "c", "title": "灯台守", "body": "岬の灯台に人が戻る。船と港を見る。"},
]
BAD = [
    "{",
    '"text"',
    '{"id": "x"}',
    '{"id": true, "title": "", "body": ""}',
    '{"id": "x", "title": "", "body": "", "date": "yesterday"}',
    "[" * 99_999,
]


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    file = tmp_path / "pieces.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in LINES), encoding="utf-8")
    said = run("search", "index", file, "--store", tmp_path / "store")
    assert said.exit_code == 0, said.output
    assert "3 pieces put in, 3 in the index" in said.stderr
    return tmp_path / "store"


def answers(said: Result) -> list[dict]:
    assert said.exit_code == 0, said.output
    return [json.loads(line) for line in said.stdout.splitlines()]


def test_query(store: Path) -> None:
    (answer,) = answers(run("search", "query", "--store", store, "--top", 10, "首相", "--json"))
    assert answer["query"] == "首相"
    assert [result["id"] for result in answer["results"]] == ["a"]
    assert answer["results"][0]["score"] > 0
    (answer,) = answers(run("search", "query", "--store", store, "--top", 1, "灯台", "--json"))
    assert [result["id"] for result in answer["results"]] == ["c"]


def test_queries_from_a_file(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"query": "クジラ"}\n\n{"id": "q2", "query": "議長"}\n{"no": 1}\n', encoding="utf-8")
    said = run("search", "query", "--store", store, "--queries", file, "--json")
    first, second = answers(said)
    assert [first["query"], first["results"][0]["id"]] == ["クジラ", "2"]
    assert second == {"id": "q2", "query": "議長", "results": []}
    assert 'line 4: "query" is missing' in said.stderr


def test_related(store: Path) -> None:
    (answer,) = answers(run("related", "--store", store, "--id", "c", "--json"))
    assert answer["id"] == "c"
    assert {line["id"] for line in answers(run("related", "--store", store, "--all", "--json", "--top", 2))} == {"a", "2", "c"}


def test_text_for_people(store: Path) -> None:
    assert "灯台守" in run("search", "query", "--store", store, "灯台").stdout
    assert "nothing found" in run("search", "query", "--store", store, "議長").stdout
    assert "Perhaps meant: クジラ" in run("search", "query", "--store", store, "クヂラ").stdout


def test_forget(store: Path) -> None:
    assert run("search", "forget", "a", "--store", store).exit_code == 0
    assert answers(run("search", "query", "--store", store, "首相", "--json"))[0]["results"] == []


def test_synonyms_and_own_words_lie_in_the_store(store: Path, tmp_path: Path) -> None:
    (store / "synonyms.txt").write_text("北朝鮮 = DPRK\n", encoding="utf-8")
    assert answers(run("search", "query", "--store", store, "DPRK", "--json"))[0]["results"][0]["id"] == "a"
    (store / "words.txt").write_text("灯台守 とうだいもり\n", encoding="utf-8")
    assert "another way" in run("search", "query", "--store", store, "灯台").stderr
    assert run("search", "index", tmp_path / "pieces.jsonl", "--store", store).exit_code == 0
    assert answers(run("search", "query", "--store", store, "とうだいもり", "--json"))[0]["results"][0]["id"] == "c"


def test_bad_lines_are_named_and_the_rest_is_put_in(tmp_path: Path) -> None:
    file = tmp_path / "pieces.jsonl"
    file.write_text("\n".join([*BAD, json.dumps(LINES[0])]), encoding="utf-8")
    said = run("search", "index", file, "--store", tmp_path / "store")
    assert said.exit_code == 1
    assert "1 pieces put in" in said.stderr
    assert [f"line {number}:" in said.stderr for number in range(1, len(BAD) + 2)] == [True] * len(BAD) + [False]
    assert f"{len(BAD)} lines could not be read" in said.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["search", "query", "--store", "none", "船"], "There is no index"),
        (["related", "--store", "none", "--all"], "There is no index"),
        (["search", "query", "--store", "none"], "say what to look for"),
        (["related", "--store", "none"], "name a piece"),
        (["search", "index", "none.jsonl", "--store", "none"], "none.jsonl: No such file"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], sentence: str) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(*words)
    assert said.exit_code == 1
    assert sentence in said.stderr
    assert "Traceback" not in said.output


def test_an_unknown_piece_has_nothing_related(store: Path) -> None:
    said = run("related", "--store", store, "--id", "zzz")
    assert (said.exit_code, "no piece 'zzz'" in said.stderr) == (1, True)
