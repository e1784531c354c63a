"""The weekly report: when, to whom, what; and by a real mail server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail

from kawaraban.demo import builders
from kawaraban.readership.verdicts import Verdict
from tests.readership.conftest import Read

if TYPE_CHECKING:
    from kawaraban.desk.models import Article

MONDAY = date(2026, 11, 16)
WEDNESDAY = datetime(2026, 11, 18, 3, tzinfo=UTC)
DUE = datetime(2026, 11, 23, 1, tzinfo=UTC)  # Monday, 10 o'clock in Tokyo


@pytest.fixture
def settled(settings: Any) -> Any:
    """Switched on."""
    rules = replace(settings.KAWARABAN.readership, report_to="mio@magazine.example, tabi@magazine.example", report_hour=9)
    settings.KAWARABAN = replace(settings.KAWARABAN, readership=rules)
    return settings


@pytest.fixture
def article(front: Any, read: Read) -> Article:
    found = builders.make_article("灯台の記事", slug="lighthouse", section=builders.make_section("ワールド", slug="world"), published_at=WEDNESDAY)
    read(found, 1234, WEDNESDAY), read(found, 3, WEDNESDAY, verdict=Verdict.ROBOT), read(found, 1000, WEDNESDAY - timedelta(days=7))
    return found


def send(now: datetime = DUE) -> bool:
    from kawaraban.readership.posting import send_due

    return send_due(now)


def test_report_says_what_was_read(settled: Any, article: Article) -> None:
    assert send()
    [sent] = mail.outbox
    assert sent.to == ["mio@magazine.example", "tabi@magazine.example"] and "2026/11/16" in sent.subject and "汐見" in sent.subject
    for told in ("1,234", "1,000", "+23%", "灯台の記事", article.address, "ワールド", "/desk/readership/"):
        assert told in sent.body


def test_report_is_mailed_once_a_week(settled: Any, article: Article) -> None:
    assert send() and send() and send(DUE + timedelta(days=6))
    assert len(mail.outbox) == 1
    send(DUE + timedelta(days=7))
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("now", "is_mailed"),
    [
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), False),  # Monday, 8:59 in Tokyo
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 27, 20, 0, tzinfo=UTC), True),  # the worker was down on Monday
    ],
)
def test_report_is_due_on_monday(settled: Any, article: Article, now: datetime, is_mailed: bool) -> None:
    from kawaraban.readership.models import Report

    Report.objects.create(monday=MONDAY - timedelta(days=7), claimed_at=DUE - timedelta(days=7), mailed_at=DUE - timedelta(days=7))
    send(now)
    assert len(mail.outbox) == is_mailed


def test_nothing_is_mailed_unless_it_is_switched_on(article: Article) -> None:
    assert send() and mail.outbox == []


def test_report_that_another_worker_mails(settled: Any, article: Article) -> None:
    from kawaraban.readership.models import Report
    from kawaraban.readership.posting import claim

    assert claim(MONDAY, DUE) and not claim(MONDAY, DUE)
    send()
    assert mail.outbox == []
    send(DUE + timedelta(minutes=15))  # it died meanwhile
    assert len(mail.outbox) == 1 and Report.objects.get().mailed_at


def test_report_that_can_not_be_mailed_is_tried_again(settled: Any, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.mail.backends.locmem import EmailBackend

    def refuse(backend: EmailBackend, messages: list) -> None:
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        assert not send()
    assert send() and len(mail.outbox) == 1


def test_report_of_an_empty_week(settled: Any, front: Any) -> None:
    assert send() and "0" in mail.outbox[0].body


def test_report_names_nothing_that_readers_may_not_see(settled: Any, article: Article) -> None:
    article.unpublish()
    send()
    assert "灯台の記事" not in mail.outbox[0].body


def test_headline_of_several_lines_is_one_line(settled: Any, article: Article, front: Any) -> None:
    type(article).objects.update(title="灯台の\nBcc: all@magazine.example")
    type(front).objects.update(title="汐見\nBcc: all@magazine.example")
    send()
    assert "\n" not in mail.outbox[0].subject and "\nBcc" not in mail.outbox[0].body


@pytest.fixture
def mail_server(settings: Any) -> Iterator[list[Any]]:
    """A real one on loopback; what it has taken."""
    from aiosmtpd.controller import Controller

    class Taking:
        taken: list[Any] = []

        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - its name for it
            self.taken.append(envelope)
            return "250 OK"

    handler = Taking()
    handler.taken = []
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield handler.taken
    controller.stop()


def test_report_by_a_real_mail_server(settled: Any, article: Article, mail_server: list[Any]) -> None:
    from email import message_from_bytes, policy

    assert send()
    [envelope] = mail_server
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == ["mio@magazine.example", "tabi@magazine.example"]
    assert "汐見" in message["Subject"] and "灯台の記事" in message.get_content() and "1,234" in message.get_content()
