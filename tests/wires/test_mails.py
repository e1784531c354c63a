from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from kawaraban.demo import builders
from kawaraban.desk.models import Front
from kawaraban.wires.mails import send_waiting
from kawaraban.wires.models import ArticleOrigin, DeskNotice
from tests.wires.conftest import NOW, File
from tests.wires.test_filing import KILL


@pytest.fixture
def killed(filed: File, front: Front) -> DeskNotice:
    item = filed(builders.make_copy("秘密の見出し", body_text="秘密の本文。")).item
    article = builders.make_article("灯台の記事", owner=User.objects.create_user("mio", "mio@magazine.example"))
    ArticleOrigin.objects.create(article=article, item=item)
    filed(KILL, 1)
    return DeskNotice.objects.get()


def test_mail_says_what_to_do_and_nothing_of_the_copy(killed: DeskNotice) -> None:
    assert send_waiting(NOW) == 1 and send_waiting(NOW) == 0
    (sent,) = mail.outbox
    assert sent.to == ["mio@magazine.example"] and "灯台の記事" in sent.subject
    assert f"/desk/pages/{killed.article_id}/edit/" in sent.body and "秘密" not in sent.subject + sent.body
    killed.refresh_from_db()
    assert killed.mailed_at == NOW and killed.seen_at is None


def test_notices_of_one_article_are_one_mail(killed: DeskNotice, filed: File) -> None:
    filed(builders.make_copy(version=3), 2)
    assert send_waiting(NOW) == 1 and len(mail.outbox) == 1


def test_mail_that_can_not_be_sent_is_tried_again(killed: DeskNotice, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(backend: EmailBackend, messages: list) -> None:
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        assert send_waiting(NOW) == 0
    assert send_waiting(NOW + timedelta(minutes=1)) == 1


def test_editor_without_an_address_has_the_notice_at_the_desk(killed: DeskNotice) -> None:
    User.objects.update(email="")
    send_waiting(NOW)
    assert mail.outbox == [] and DeskNotice.objects.get().mailed_at == NOW


def test_headline_of_several_lines_is_one_subject(killed: DeskNotice) -> None:
    type(killed.article).objects.update(title="灯台の\nBcc: all@magazine.example")
    send_waiting(NOW)
    assert "\n" not in mail.outbox[0].subject
