"""Mails the notices that editors have not been sent yet."""

import logging
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import override

from kawaraban.wires.models import DeskNotice

log = logging.getLogger(__name__)

MOST = 100  # notices a round
REST = 60.0  # seconds


def are_waiting() -> bool:
    return DeskNotice.objects.filter(mailed_at__isnull=True).exists()


def round_of(now: datetime) -> None:
    """In a thread of its own, which rests when the mail server does not take them."""
    try:
        if not send_waiting(now):
            time.sleep(REST)
    except Exception:
        log.exception("notices to editors are not mailed yet")
    finally:
        connections.close_all()


def send_waiting(now: datetime) -> int:
    """Gives the number of mails; those that can't be sent now are tried again."""
    waiting = DeskNotice.objects.filter(mailed_at__isnull=True).select_related("user", "article").order_by("user_id", "article_id", "created")
    notices = list(waiting[:MOST])
    sent = 0
    with override(settings.LANGUAGE_CODE):
        for group in grouped(notices):
            if not post(group):
                break
            DeskNotice.objects.filter(pk__in=[notice.pk for notice in group]).update(mailed_at=now)
            sent += 1
    return sent


def grouped(notices: list[DeskNotice]) -> Iterator[list[DeskNotice]]:
    """One mail an editor and article."""
    return (list(group) for _key, group in groupby(notices, key=lambda notice: (notice.user_id, notice.article_id)))


def post(group: list[DeskNotice]) -> bool:
    """Whether there is nothing more to do about these; an editor without an address has the notice at the desk."""
    user = group[0].user
    if not user.email:
        return True
    try:
        EmailMessage(subject(group[-1]), body(group), settings.DEFAULT_FROM_EMAIL, [user.email]).send()
    except OSError as error:  # as all of smtplib's are
        log.warning("a notice to an editor could not be mailed, it is tried again: %s", error)
        return False
    return True


def subject(notice: DeskNotice) -> str:
    told = {"kind": notice.get_kind_display(), "headline": notice.article.title}
    return " ".join((_("[%(kind)s] The copy behind “%(headline)s”") % told).split())


def body(group: list[DeskNotice]) -> str:
    """Nothing of the copy itself: what was killed stays in the house."""
    article = group[0].article
    address = f"{settings.KAWARABAN.desk_address.rstrip('/')}/desk/pages/{article.pk}/edit/"
    lines = [SENTENCES[notice.kind]() for notice in group]
    return "\n\n".join([_("Your article “%(headline)s” was made from agency copy.") % {"headline": article.title}, *dict.fromkeys(lines), address])


SENTENCES = {
    DeskNotice.Kind.KILLED: lambda: _("The agency has killed this copy. Take it out of the article, or take the article down, now."),
    DeskNotice.Kind.WITHHELD: lambda: _("The agency withholds this copy until further notice. Take it out of the article, or take the article down."),
    DeskNotice.Kind.CORRECTED: lambda: _("The agency has corrected this copy. The desk shows the difference beside the article."),
    DeskNotice.Kind.REVIVED: lambda: _("The agency has made this copy usable again, in a new version."),
}
