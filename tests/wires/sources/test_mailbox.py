"""Against a real IMAP server, pymap; what such a server never does is said by a line-by-line one in a thread."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kawaraban.demo import builders
from kawaraban.wires.archive import Archive, Unkept
from kawaraban.wires.models import Arrival, Source
from kawaraban.wires.sources import mailbox
from kawaraban.wires.sources.connecting import Limits, Unanswered
from kawaraban.wires.sources.imap import Door, in_quotes, opened, place_of, quoted, said
from tests.wires.sources import agency_mail
from tests.wires.sources.agency_mail import PASSWORD, USER, AgencyMail
from tests.wires.sources.conftest import HERE, LIMITS

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
slow = pytest.mark.slow


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AgencyMail]:
    with agency_mail.running(tmp_path_factory.mktemp("mail")) as found:
        yield found


@pytest.fixture
def limits(mail: AgencyMail) -> Limits:
    return replace(LIMITS, authorities=str(mail.certificate))


@pytest.fixture
def box(db: None, mail: AgencyMail, limits: Limits, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Source:
    mail.anew()
    monkeypatch.setattr(mailbox, "limits", lambda: limits)
    told = {"user": USER, "password": PASSWORD, "mailbox": "wire"}
    return builders.make_source(kind=Source.Kind.MAILBOX, address=mail.address, settings=told)


def letter(number: int, size: int = 0) -> bytes:
    return f"From: desk@shiomi.example\r\nSubject: No. {number}\r\nMessage-ID: <{number}@shiomi.example>\r\n\r\n{'x' * size}\r\n".encode()


def kept(archive: Archive) -> list[bytes]:
    return [archive.read(arrival.file).payload.data for arrival in Arrival.objects.order_by("pk")]


@slow
def test_new_mails_are_kept_in_order_and_stay(box: Source, mail: AgencyMail, archive: Archive) -> None:
    for number in range(3):
        mail.send(letter(number), "wire")
    mailbox.ask(box, NOW)
    assert kept(archive) == [letter(number) for number in range(3)]
    assert len(mail.kept("wire")) == 3 and not any(b"Seen" in flags for _, flags in mail.kept("wire"))
    box.refresh_from_db()
    mail.send(letter(3), "wire")
    mailbox.ask(box, NOW)
    assert kept(archive)[3:] == [letter(3)] and box.last_seen == NOW


@slow
def test_mails_go_once_they_are_archived(box: Source, mail: AgencyMail, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise Unkept("no room")

    box.settings["after"] = "delete"
    mail.send(letter(1), "wire")
    with monkeypatch.context() as patched, pytest.raises(Unkept):
        patched.setattr(mailbox, "keep", refuse)
        mailbox.ask(box, NOW)
    assert len(mail.kept("wire")) == 1 and box.state == {}
    mailbox.ask(box, NOW)
    assert kept(archive) == [letter(1)] and all(b"Deleted" in flags for _, flags in mail.kept("wire"))


@slow
def test_mailbox_that_is_numbered_anew_is_read_from_the_start(box: Source, mail: AgencyMail, archive: Archive) -> None:
    mail.send(letter(1), "wire")
    mailbox.ask(box, NOW)
    before = dict(box.state)
    mail.anew()
    mail.send(letter(1), "wire")
    mail.send(letter(2), "wire")
    mailbox.ask(box, NOW)
    assert box.state["validity"] != before["validity"]
    assert kept(archive) == [letter(1), letter(2)]


@slow
def test_mail_that_is_too_large_is_told_and_stops_no_other(box: Source, mail: AgencyMail, archive: Archive) -> None:
    for number, size in enumerate((0, LIMITS.size, 0)):
        mail.send(letter(number, size), "wire")
    with pytest.raises(Unanswered, match="stays in the mailbox"):
        mailbox.ask(box, NOW)
    assert kept(archive) == [letter(0), letter(2)]
    mailbox.ask(box, NOW)
    assert Arrival.objects.count() == 2


@slow
@pytest.mark.parametrize(
    ("door", "told"),
    [
        ({"password": "wrong"}, "nvalid|uthent"),
        ({"user": ""}, "log-in is not set"),
        ({"mailbox": "no such"}, "no folder 'no such'"),
        ({"user": 'a" b\r\nx LOGOUT'}, "nvalid|uthent"),
    ],
)
def test_what_is_wrong_at_the_door_is_one_sentence(mail: AgencyMail, limits: Limits, door: dict[str, str], told: str) -> None:
    with (
        pytest.raises(Unanswered, match=told) as caught,
        opened(Door(**{"address": mail.address, "user": USER, "password": PASSWORD} | door), limits),
    ):
        pass
    assert PASSWORD not in str(caught.value)


@slow
def test_certificate_that_nobody_vouches_for(mail: AgencyMail) -> None:
    with pytest.raises(Unanswered, match="certificate"), opened(Door(mail.address, USER, PASSWORD), LIMITS):
        pass


@slow
def test_private_net_is_refused(mail: AgencyMail) -> None:
    with pytest.raises(Unanswered, match="private net"), opened(Door(mail.address, USER, PASSWORD), Limits()):
        pass


@pytest.fixture
def plain() -> Iterator[tuple[str, list[bytes]]]:
    """A server that encrypts nothing, and hears what it is told."""
    heard: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"* OK ready\r\n")
            for line in lines:
                heard.append(line)
                tag = line.split()[0]
                connection.sendall(b"* CAPABILITY IMAP4rev1\r\n" * (b"CAPABILITY" in line) + tag + b" OK done\r\n")

    with socket.create_server((HERE, 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"imap://{HERE}:{listener.getsockname()[1]}", heard
        thread.join()


def test_no_password_is_sent_in_the_clear(plain: tuple[str, list[bytes]]) -> None:
    address, heard = plain
    with pytest.raises(Unanswered, match="no password was sent"), opened(Door(address, USER, PASSWORD), LIMITS):
        pass
    assert not any(b"LOGIN" in line for line in heard)


@pytest.mark.parametrize(
    ("address", "port", "is_secret"),
    [("imaps://mail.example", 993, True), ("imap://mail.example", 143, False), ("imaps://mail.example:1993/x", 1993, True)],
)
def test_place(address: str, port: int, is_secret: bool) -> None:
    assert (place_of(address).port, place_of(address).is_secret) == (port, is_secret)


@pytest.mark.parametrize("address", ["", "mail.example", "https://mail.example", "imaps://", "imaps://mail.example:x"])
def test_no_place(address: str) -> None:
    with pytest.raises(Unanswered, match="no address of a mailbox"):
        place_of(address)


def test_names_of_folders_are_written_as_the_protocol_wants() -> None:
    assert [quoted(name) for name in ("INBOX", "通信社", "A&B", 'a"\\\r\nb')] == ['"INBOX"', '"&kBpP4Xk+-"', '"A&-B"', '"a\\"\\\\b"']
    assert in_quotes("a\0b") == '"ab"'


def test_said_is_part_of_a_sentence() -> None:
    assert [str(said(what)) for what in (b"Not now.\r\n", "b'[AUTH] no'", None, "")] == ["Not now", "[AUTH] no", "None", "it refused"]
