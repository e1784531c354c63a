import io
import zipfile
from base64 import b64encode
from email.message import EmailMessage
from pathlib import Path

import pytest

from kawaraban.wires.copy import Copy, Partly, Relation, Status, Unreadable
from kawaraban.wires.formats import FORMATS, mail
from kawaraban.wires.formats.mail_headers import plain
from kawaraban.wires.moments import moment
from tests.wires.formats.conftest import as_json, expected, named, samples

JPEG = b"\xff\xd8\xff\xe0JFIF"
NITF = b'<nitf><head><docdata><doc-id id-string="%s"/></docdata></head><body/></nitf>'
HEAD = "From: wire@shiomi.example\nMessage-ID: <a@b>\n"
read = FORMATS["mail"].read


def one(headers: str = "", body: str = "x") -> Copy:
    (copy,) = read(f"{HEAD}{headers}\n{body}".encode())
    return copy


def word(content: bytes, label: str = "utf-8") -> str:
    return f"=?{label}?B?{b64encode(content).decode()}?="


def with_files(*files: tuple[str, bytes], text: str = "x", **headers: str) -> bytes:
    message = EmailMessage()
    for name, value in {"From": "wire@shiomi.example", "Message-ID": "<a@b>", **headers}.items():
        message[name] = value
    message.set_content(text)
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


@pytest.mark.parametrize("sample", samples("mail"), ids=named)
def test_samples(sample: Path) -> None:
    assert mail.fits(sample.read_bytes())
    assert [as_json(copy) for copy in read(sample.read_bytes())] == expected(sample)


def test_by_itself_it_knows_no_other_format() -> None:
    assert [copy.format for copy in mail.read(with_files(("a.xml", NITF % b"n-1")))] == ["mail"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no identifier"),
        (b"From: a\nSubject: b\n\nx", "no identifier"),
        (b"From: a\nDate: Tue, 1 Sep 2026 09:00:00 +0900\n\nx", "no identifier"),
        (HEAD.encode() + b"\n" + b"x" * 1_048_577, "its text is longer"),
        (HEAD.encode() + b"\n" + b"\n" * 200_001, "larger, or has more lines"),
        (HEAD.encode() + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: image/x\n\n" * 201, "more than 200 parts"),
        (HEAD.encode() + b"Content-Type: message/rfc822\n\n" * 31 + b"x", "parts within parts"),
        (HEAD.encode() + b"Content-Type: message/rfc822\n\n" * 6 + b"x", "enclosed in it more than 5 deep"),
        (HEAD.encode() + b"X: y\n" * 1_000 + b"\nx", "more than 1000 headers"),
        (b"Content-Type: multipart/report; boundary=b\n\n--b\n\nx\n--b--", "report on the delivery"),
    ],
    ids=["empty", "no date", "no subject", "long", "lines", "parts", "nested", "deep", "headers", "report"],
)
def test_what_can_not_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"From: a\n\nx",
        b"Date: x\nSubject: y\n\n",
        b"HTTP/1.1 200 OK\nDate: x\nContent-Type: text/html\n\n",
        b"GET / HTTP/1.1\nHost: x\nFrom: a\nTo: b\n\n",
        b"From here on\nTo: there\n\n",
        "見出し: x\nFrom: y\nDate: z\n\n".encode(),
        b"<a>\nFrom: b\nTo: c\n\n",
        b"\xff\xfeF\0r\0",
    ],
)
def test_what_does_not_fit(data: bytes) -> None:
    assert not mail.fits(data)


def test_mailbox_line_and_long_headers_fit() -> None:
    assert mail.fits(b"From wire@shiomi.example Tue Sep  1 09:00:00 2026\nFrom: a\nTo: b\n\nx")
    assert mail.fits(HEAD.encode() + b"Date: x\nTo: " + b"a@b,\n  " * 3_000 + b"\n\nx")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?a_b=2E?= =?utf-8?b?YQ==?= c", "a b.a c"),
        ("x =?utf-8?q?a?= y =?utf-8?q?b?=z", "x a y bz"),
        ("=?utf-8?b?5r2u6KaL5riv?=", "潮見港"),
        (word(b"\x1b$BD,", "ISO-2022-JP") + "\r\n " + word(b"8+\x1b(B", "iso-2022-jp"), "潮見"),
        (word("潮見".encode()[:4]) + " " + word("潮見".encode()[4:]), "潮見"),
        (word("①髙".encode("cp932"), "Shift_JIS"), "①髙"),
        (word("潮見港".encode("cp932"), "us-ascii"), "潮見港"),
        ("\x1b$BD,8+\x1b(B: x", "潮見: x"),
        ("潮見".encode("cp932").decode("ascii", "surrogateescape") + " x", "潮見 x"),
        ("=?utf-8?b?5r2u6KaL5riv", "=?utf-8?b?5r2u6KaL5riv"),
        ("=?utf-8?b?!?=", ""),
        ("=?klingon?q?a?=", "a"),
        ("=?utf-8*ja?q?a?=", "a"),
        ("=?zip?q?a?=", "a"),
        ("", ""),
    ],
)
def test_headers(value: str, told: str) -> None:
    assert plain(value) == told


@pytest.mark.parametrize(
    ("headers", "urgency"),
    [
        ("", 5),
        ("X-Priority: 1 (Highest)", 2),
        ("X-Priority: 5", 8),
        ("Importance: High", 3),
        ("Priority: non-urgent", 7),
        ("Urgency: 1\nX-Priority: 5", 1),
        ("Urgency: very\nImportance: low", 7),
    ],
)
def test_urgency(headers: str, urgency: int) -> None:
    assert one(f"{headers}\n" if headers else "").urgency == urgency


@pytest.mark.parametrize(
    ("sender", "agency", "byline"),
    [
        ("From: 潮見通信 <a@b>", "潮見通信", ""),
        ('From: "Shiomi, News" <a@b>', "Shiomi, News", ""),
        ("From: a@shiomi.example (潮見通信)", "潮見通信", ""),
        ("From: a@shiomi.example", "shiomi.example", ""),
        ("From: Rin Oki <a@b>\nOrganization: Shiomi News", "Shiomi News", "Rin Oki"),
        ("From: <", "<", ""),
        ("X: y", "", ""),
    ],
)
def test_sender(sender: str, agency: str, byline: str) -> None:
    (copy,) = read(f"{sender}\nMessage-ID: <a@b>\n\nx".encode())
    assert (copy.agency, copy.byline) == (agency, byline)


@pytest.mark.parametrize(
    ("headers", "body", "status", "relations"),
    [
        ("In-Reply-To: <x>\n", "x", Status.USABLE, [Relation.SEE_ALSO]),
        ("Subject: Kill: harbour\nIn-Reply-To: <x>\nSupersedes: <y>\n", "x", Status.CANCELED, [Relation.KILLS, Relation.KILLS]),
        ("Subject: harbour\nReferences: <x> <y>\n", "【配信取消】\nx", Status.CANCELED, [Relation.KILLS, Relation.SEE_ALSO]),
        ("Subject: harbour\n", "全文取り消し。使わないでください。", Status.CANCELED, []),
        ("Control: cancel <x>\n", "x", Status.CANCELED, [Relation.KILLS]),
        ("Supersedes: <x>\n", "x", Status.USABLE, [Relation.UPDATES]),
        ("Subject: CORRECTION: harbour\nReferences: <x>\n", "x", Status.USABLE, [Relation.CORRECTS]),
        ("Subject: 【解禁】未定 港\n", "x", Status.WITHHELD, []),
        ("X-Embargo: soon\n", "x", Status.WITHHELD, []),
        ("", "解禁：未定\n\nx", Status.WITHHELD, []),
        ("Supersedes: <a@b>\nIn-Reply-To: <a@b>\n", "x", Status.USABLE, [Relation.UPDATES]),
    ],
)
def test_orders(headers: str, body: str, status: Status, relations: list[Relation]) -> None:
    copy = one(headers, body)
    assert copy.status is status
    assert [link.relation for link in copy.links] == relations


@pytest.mark.parametrize(
    ("headers", "until"),
    [
        ("Embargo: Wed, 2 Sep 2026 05:00:00 +0900\n", "2026-09-02T05:00+09:00"),
        ("Subject: 【解禁 9月2日午前5時】港\nDate: Tue, 1 Sep 2026 05:00:00 +0900\n", "2026-09-02T05:00+09:00"),
    ],
)
def test_embargo(headers: str, until: str) -> None:
    assert one(headers).embargoed_until == moment(until)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\windows\\a.jpg", "a.jpg"),
        ("\u202egpj.a", "gpj.a"),
        ("a\x07b\u200b.jpg", "ab.jpg"),
        ("...", "part-1.jpg"),
        ("x" * 500 + ".jpg", "x" * 120 + ".jpg"),
        ('a<b>"c|d?*.jpg', "a_b__c_d__.jpg"),
    ],
)
def test_names_of_files_lead_nowhere(name: str, address: str) -> None:
    quoted = b64encode(name.encode()).decode()
    data = f'{HEAD}Content-Type: image/jpeg\nContent-Disposition: attachment; filename="=?utf-8?b?{quoted}?="\n\n'.encode() + JPEG
    assert [medium.address for medium in read(data)[0].media] == [address]


def test_files_of_one_name_stay_two() -> None:
    copy = read(with_files(("a.jpg", JPEG), ("a.jpg", JPEG + b"2"), ("a.exe", b"MZ")))[0]
    assert [(medium.address, medium.size) for medium in copy.media] == [("a.jpg", 8), ("2-a.jpg", 9)]


def test_items_of_attachments_take_the_place_of_the_mail() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("n-2.xml", NITF % b"n-2")
        archive.writestr("n-3.jpg", JPEG)
    copies = read(with_files(("n-1.xml", NITF % b"n-1"), ("more.zip", packed.getvalue()), ("inner.eml", with_files(("n-4.xml", NITF % b"n-4")))))
    assert [copy.guid for copy in copies] == ["n-1", "n-2", "n-4"]


def test_bad_item_beside_good_ones() -> None:
    with pytest.raises(Partly) as partly:
        read(with_files(("a.xml", NITF % b"n-1"), ("b.xml", b"<nitf>"), ("c.jpg", JPEG)))
    assert [(copy.guid, len(copy.media)) for copy in partly.value.read] == [("n-1", 1)]
    assert str(partly.value.faults[0]).startswith("b.xml: this is not well-formed XML")


def test_kill_in_the_envelope_kills_what_is_in_it() -> None:
    assert read(with_files(("a.xml", NITF % b"n-1"), Subject="【配信取消】港"))[0].status is Status.CANCELED


def test_archive_that_can_not_be_opened_is_no_reason_to_refuse_the_mail() -> None:
    assert read(with_files(("a.zip", b"PK\x03\x04torn"), text="港"))[0].body_text == "港"


def test_text_that_is_attached_where_the_mail_has_none() -> None:
    assert read(with_files(("a.jpg", JPEG), text="")).pop().body_text == ""
    data = f"{HEAD}Content-Type: text/plain; charset=x-sjis\nContent-Disposition: attachment; filename=a.txt\n\n".encode() + "港".encode("cp932")
    assert read(data)[0].body_text == "港"
