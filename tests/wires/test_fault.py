import ast
import errno
import json
import os
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from kawaraban.demo import builders
from kawaraban.wires import health
from kawaraban.wires.fault import KNOWN, LONGEST, Fault, Faulty, fault_of, system
from kawaraban.wires.models import Source

ROOM = Path(health.__file__).parent
AWAY = Fault("%(host)s can't be reached at port %(port)d: %(reason)s.", {"host": "feeds.example", "port": 443, "reason": KNOWN["Connection refused"]})


def test_fault_is_an_english_sentence_and_one_of_the_reader_s() -> None:
    assert str(AWAY) == "feeds.example can't be reached at port 443: Connection refused."
    with override("ja"):
        assert AWAY.said(gettext) == "feeds.exampleのポート443に接続できません（接続を拒否されました）。"


def test_fault_outlasts_the_database() -> None:
    assert fault_of(json.loads(json.dumps(AWAY.kept()))) == AWAY


def test_words_of_others_are_no_pattern() -> None:
    assert str(Faulty("100 % full")) == "100 % full"
    assert str(Fault("%(name)s: %(reason)s.", {"name": "%(x)s", "reason": "50 %d"})) == "%(x)s: 50 %d."


def test_kept_value_is_not_endless() -> None:
    assert len(Fault("%(name)s", {"name": "x" * 9_999}).kept()["values"]["name"]) == LONGEST


@pytest.mark.parametrize("kept", [{"text": "a"}, {"text": "a", "values": 3}, [], "a", {"values": {}}])
def test_what_is_no_fault_is_none(kept: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        fault_of(kept)


def test_fault_that_holds_itself_ends() -> None:
    kept: dict[str, object] = {"text": "%(a)s", "values": {}}
    kept["values"] = {"a": kept}
    with pytest.raises(ValueError, match="deep"):
        fault_of(kept)


@pytest.mark.parametrize("number", [errno.ECONNREFUSED, errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EHOSTUNREACH])
def test_system_s_usual_words_are_known(number: int) -> None:
    assert system(OSError(number, os.strerror(number))) == KNOWN[os.strerror(number)]


def test_system_s_other_words_stand_as_they_are() -> None:
    assert system(OSError("something else")) == "something else"


@pytest.mark.django_db
def test_source_tells_its_fault_in_the_language_of_who_reads_it() -> None:
    source = builders.make_source()
    health.failed(source, AWAY)
    source.refresh_from_db()
    assert source.last_error == str(AWAY)
    told = []
    for language in ("en", "ja"):
        with override(language):
            told.append(source.last_fault)
    assert told[0] == str(AWAY) and "接続を拒否されました" in told[1]


@pytest.mark.parametrize("kept", [{}, {"text": "%(gone)s", "values": {"other": 1}}, {"text": "%(size)d", "values": {"size": "much"}}, [1]])
def test_fault_of_another_release_is_told_as_it_was(kept: object) -> None:
    assert Source(last_error="It is away.", fault=kept).last_fault == "It is away."


def test_every_fault_of_a_source_is_in_the_catalogue() -> None:
    """What is put together from pieces can't be looked up."""
    raised = {"Unanswered", "Unkept", "Refused", "Garbled", "Fault"}
    for file in (*ROOM.glob("sources/*.py"), ROOM / "archive.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in raised and node.args:
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.IfExp), f"{file.name}:{node.lineno}"
                is_plain = isinstance(node.args[0], ast.Constant)
                assert node.func.id == "Fault" or not is_plain, f"{file.name}:{node.lineno} can't be translated"
