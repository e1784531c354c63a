from pathlib import Path

import pytest

from kawaraban.wires.copy import Copy, Partly, Relation, Status, Unreadable
from kawaraban.wires.formats import anpa
from kawaraban.wires.formats.typesetting import Line, lines
from tests.wires.formats.conftest import as_json, expected, named, samples

TEXT = "^BC-Harbour,0010<\r\n^Morning at the harbour<\r\n\tSHIOMI (SM) _ It dawns.\r\n"


def message(head: str = "r a\x13\x11 BC-Harbour 09-01 0010", text: str = TEXT, tail: str = "SM-09-01-26 0100GMT<", number: str = "0007") -> bytes:
    return f"\x16\x16\x01a{number}\x1fcpsta\r\n{head}\r\n\x02{text}\x03\r\n{tail}\r\n\x04".encode()


def one(**parts: str) -> Copy:
    (copy,) = anpa.read(message(**parts))
    return copy


@pytest.mark.parametrize("sample", samples("anpa"), ids=named)
def test_samples(sample: Path) -> None:
    assert anpa.fits(sample.read_bytes())
    assert [as_json(copy) for copy in anpa.read(sample.read_bytes())] == expected(sample)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "none begins with SOH"),
        (b"\x16\x16\x01a0001\r\nr a BC-x 09-01 0010\r\n", "no STX"),
        (b"\x16\x16\x01a0001\r\nr a BC-x 09-01 0010\r\n\x02half", "it is torn"),
        (b"\x01a0001\r\n\x02x\x03", "its head is not service level, number, priority and keyword: 'a0001'"),
        (b"\x01a0001\r\nr a BC-x" + b" " * 5_000 + b"\x02x\x03", "its head is longer than 4000"),
    ],
    ids=["empty", "no STX", "torn", "no keyword", "long head"],
)
def test_what_can_not_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        anpa.read(data)


@pytest.mark.parametrize("data", [b"", b"\x01", b"a0001\x1fcpsta", b"\x01shm0001 4 eco 10 SHIOMI\r\n\x02x\x03", b"\x01a01\r\n", b"\x01a00012"])
def test_what_does_not_fit(data: bytes) -> None:
    assert not anpa.fits(data)


def test_bad_message_between_good_ones() -> None:
    with pytest.raises(Partly) as partly:
        anpa.read(message() + b"\x16\x01a0008\r\n\x02x\x03\x04" + message(number="0009"))
    assert [copy.version for copy in partly.value.read] == [7, 9]
    assert len(partly.value.faults) == 1 and str(partly.value.faults[0]).startswith("item 2: its head is not")


@pytest.mark.parametrize(
    ("letter", "urgency", "status"),
    [("f", 1, "usable"), ("b", 2, "usable"), ("u", 3, "usable"), ("R", 4, "usable"), ("d", 6, "usable"), ("z", 5, "usable"), ("a", 7, "withheld")],
)
def test_priority(letter: str, urgency: int, status: str) -> None:
    copy = one(head=f"{letter} a BC-Harbour 09-01 0010")
    assert (copy.urgency, copy.status) == (urgency, status)


@pytest.mark.parametrize(
    ("version", "status", "links"),
    [
        ("1stLd-Writethru", Status.USABLE, []),
        ("KILL", Status.CANCELED, [(Relation.KILLS, "a-20260831-harbour"), (Relation.KILLS, "a-20260830-harbour")]),
        ("CORR", Status.USABLE, [(Relation.CORRECTS, "a-20260831-harbour"), (Relation.CORRECTS, "a-20260830-harbour")]),
        ("ADVISORY", Status.WITHHELD, []),
        ("Adv08", Status.WITHHELD, []),
        ("Insert 2", Status.USABLE, [(Relation.SEE_ALSO, "a-20260901-harbour")]),
    ],
)
def test_version(version: str, status: Status, links: list[tuple[Relation, str]]) -> None:
    copy = one(head=f"r a BC-Harbour {version} 09-01 0010")
    assert copy.status is status
    assert [(link.relation, link.guid) for link in copy.links] == links


def test_leads_of_both_cycles_are_versions_of_one_item() -> None:
    morning, evening = one(number="0007", head="r a AM-Harbour 09-01 0010"), one(number="0412", head="r a PM-HARBOUR 2ndLd 09-01 0010")
    assert morning.guid == evening.guid and morning.version < evening.version


def test_message_without_a_date_is_known_by_what_it_says() -> None:
    first, again, other = one(tail=""), one(tail="", number="0009"), one(tail="", text="x")
    assert first.guid == again.guid != other.guid
    assert (first.version, first.published) == (1, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\x0c[b]\x0bbold\x0e on\x0f _ off", [Line("", "bold on — off")]),
        ("``so,'' he said", [Line("", "“so,” he said")]),
        ("one wrng \x18right", [Line("", "one right")]),
        ("\x18\x18a", [Line("", "a")]),
        ("^Head that is\n    broken<\n^Next@<", [Line("^", "Head that is broken"), Line("^", "Next")]),
        ("^By Rin Oki=", [Line("^", "By Rin Oki", is_centred=True)]),
        ("\tOne\ntwo\n\tthree<\nfour", [Line("", "One two"), Line("", "three"), Line("", "four")]),
        ("\t___\n\n \n- - -", []),
        ("\x1fa\x10b\x07", [Line("", "a b")]),
        ("\x0c" * 3 + "a", [Line("", "a")]),
    ],
)
def test_typesetting(text: str, told: list[Line]) -> None:
    assert lines(text) == told
