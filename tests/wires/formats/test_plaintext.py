from pathlib import Path

import pytest

from kawaraban.wires.copy import Copy, Relation, Status, Unreadable
from kawaraban.wires.formats import plaintext
from kawaraban.wires.formats.plaintext_keys import FIELD_OF, KEYS, TELLS
from kawaraban.wires.moments import moment
from tests.wires.formats.conftest import as_json, expected, named, samples


def one(*lines: str, text: str = "港町で。") -> Copy:
    (copy,) = plaintext.read("\n".join(["記事番号: a-1", *lines, "", text]).encode())
    return copy


@pytest.mark.parametrize("sample", samples("plaintext"), ids=named)
def test_samples(sample: Path) -> None:
    assert plaintext.fits(sample.read_bytes())
    assert [as_json(copy) for copy in plaintext.read(sample.read_bytes())] == expected(sample)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "doesn't begin with a header block"),
        ("港の朝\n\n港町で。", "doesn't begin with a header block"),
        ("見出し: 港の朝\n港町で。", "doesn't begin with a header block"),
        ("天気: 晴れ\n\n港町で。", "doesn't begin with a header block"),
        ("見出し: 港の朝\n\n港町で。", "not both a headline and a date"),
        ("配信日時: 2026-09-01\n通信社: 潮見通信\n\n港町で。", "not both a headline and a date"),
        ("記事番号: a\n" * 201, "doesn't begin with a header block"),
        ("記事番号: a\n\n" + "x" * 1_048_576, "longer than 1048576"),
    ],
    ids=["empty", "no block", "no empty line", "no known key", "no date", "no headline", "long block", "long text"],
)
def test_what_can_not_be_read(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        plaintext.read(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "港の朝\n\n港町で。",
        "見出し: 港の朝\n\nひとつだけ",
        "From: a@shiomi.example\nSubject: x\nDate: Tue, 1 Sep 2026 09:00:00 +0900\nMessage-ID: <a>\n\nx",
        "HTTP/1.1 200 OK\nDate: Tue, 01 Sep 2026 00:00:00 GMT\nContent-Type: text/plain\n\nx",
        "GET / HTTP/1.1\nHost: shiomi.example\n\n",
        "Host: shiomi.example\nDate: x\nLink: <x>\nServer: y\nETag: z\n\nx",
        "Note: this\nDate: that\nSource: there\n\nx",
        "https://shiomi.example/\nTitle: x\n\n",
        '{"headline": "x",\n"guid": "y"}',
        "<a>\nTitle: x\nDate: y\n\n",
        "Title: x\nDate: y\nq: 1\nr: 2\ns: 3\n\n",
        "市長: 波多野花\n見出し: x\n出席: y\n欠席: z\n\n",
        "\0\0",
    ],
)
def test_what_does_not_fit(text: str) -> None:
    assert not plaintext.fits(text.encode())


def test_block_that_fits_before_a_long_text() -> None:
    assert plaintext.fits(("記事番号: a\n見出し: 港の朝\n\n" + "港町で。\n" * 50_000).encode("cp932"))


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("状態: 使用可", Status.USABLE),
        ("Status: USABLE", Status.USABLE),
        ("状態:", Status.USABLE),
        ("状態: 保留", Status.WITHHELD),
        ("状態: ほぼ使用可", Status.WITHHELD),
        ("Status: canceled", Status.CANCELED),
        ("取消: なし", Status.USABLE),
        ("取消: あり", Status.CANCELED),
        ("解禁: 2026-09-02", Status.WITHHELD),
        ("解禁: なし", Status.USABLE),
        ("Embargo: tomorrow", Status.WITHHELD),
        ("見出し: 【配信取消】港の朝", Status.CANCELED),
    ],
)
def test_status(line: str, status: Status) -> None:
    assert one(line).status is status


@pytest.mark.parametrize(
    ("lines", "until"),
    [
        (["解禁: 2026-09-02 05:00"], "2026-09-02T05:00+09:00"),
        (["Embargo: 2026-09-02 05:00"], "2026-09-02T05:00+00:00"),
        (["Embargo: 2026-09-02 05:00 EDT"], "2026-09-02T05:00-04:00"),
        (["配信日時: 2026-12-30", "解禁時刻: 1月2日午前5時"], "2027-01-02T05:00+09:00"),
        (["解禁: 2026-09-02 05:00", "報道解禁: 2026年9月3日正午"], "2026-09-03T12:00+09:00"),
        (["見出し: 解禁：2026年9月3日5時"], "2026-09-03T05:00+09:00"),
    ],
)
def test_embargo(lines: list[str], until: str) -> None:
    assert one(*lines).embargoed_until == moment(until)


@pytest.mark.parametrize(("value", "version"), [("2", 2), ("第３版", 3), ("二版", 2), ("最終版", 99), ("夕刊", 1), ("0", 1), ("9" * 20, 999_999)])
def test_version(value: str, version: int) -> None:
    assert one(f"版: {value}").version == version


@pytest.mark.parametrize(("value", "urgency"), [("1", 1), ("０", 1), ("12", 9), ("至急", 3), ("Flash", 1), ("普通", 5), ("たぶん", 5)])
def test_urgency(value: str, urgency: int) -> None:
    assert one(f"緊急度: {value}").urgency == urgency


@pytest.mark.parametrize(("value", "language"), [("en-GB", "en-GB"), ("日本語", "ja"), ("潮見弁", "ja"), ("<x>", "ja")])
def test_language(value: str, language: str) -> None:
    assert one(f"言語: {value}").language == language


def test_items_that_it_names() -> None:
    copy = one("訂正: a-0, urn:x:7", "差し替え: a-3", "関連: 港の記事", "更新元: x")
    assert [link.guid for link in copy.links] == ["a-0", "urn:x:7", "a-3"]
    assert [link.relation for link in copy.links] == [Relation.CORRECTS, Relation.CORRECTS, Relation.UPDATES]
    assert copy.editorial_note == "港の記事"


def test_names_of_pictures_lead_nowhere() -> None:
    copy = one("写真: ../../etc/\u202egpj.x", "写真: javascript:alert(1)", "URL: javascript:alert(1)", "写真: https://shiomi.example/a b")
    assert [medium.address for medium in copy.media] == ["gpj.x", "javascript_alert(1)", "a b"]
    assert copy.address == ""


def test_same_item_without_an_identifier_is_known_again() -> None:
    texts = (
        "見出し: 港の朝\n配信日時: 2026-09-01\n\nx",
        "タイトル: 港の朝\n配信日時: 2026年9月1日\n\nx\n",
        "見出し: 港の朝\n配信日時: 2026-09-01\n\ny",
    )
    first, again, other = (plaintext.read(text.encode())[0].guid for text in texts)
    assert first == again != other


def test_each_key_is_explained_and_means_one_thing() -> None:
    assert list(TELLS) == list(KEYS)
    assert sum(len(words.split(", ")) for words in KEYS.values()) == len(FIELD_OF)
