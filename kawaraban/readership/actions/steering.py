"""What all that editors do to the rankings has in common: who may, why, logged."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from kawaraban.desk.models import Article, Section
from kawaraban.readership.models import Window

STEER = "readership.steer_rankings"
LONGEST = 200


class Refused(Exception):
    """An editor can't do this to a ranking. The sentence says why."""


@contextmanager
def steered(user: AbstractBaseUser) -> Iterator[None]:
    """All or nothing. Raises Refused."""
    if not (isinstance(user, PermissionsMixin) and user.has_perm(STEER)):
        raise Refused(_("You may not steer the rankings. Whoever manages the desk’s groups can allow it."))
    with transaction.atomic():
        yield


def told_reason(reason: str) -> str:
    """Raises Refused without one: the log is for those who ask later."""
    told = " ".join(reason.replace("\0", "").split())
    if not told:
        raise Refused(_("Say why: the reason stands in the log."))
    if len(told) > LONGEST:
        raise Refused(_("The reason has %(length)d characters; %(limit)d fit.") % {"length": len(told), "limit": LONGEST})
    return told


def ensure_ahead(until: datetime | None, now: datetime) -> None:
    if until is not None and until <= now:
        raise Refused(_("This end is past. Choose a later one, or none."))


def ensure_listable(article: Article, now: datetime) -> None:
    """Raises Refused for what no list may name."""
    if not Article.objects.listable(now).filter(pk=article.pk).exists():
        raise Refused(_("Readers can’t see this article, so no list may name it."))
    if article.is_sponsored:
        raise Refused(_("This article was paid for. Rankings are not for sale."))


def note(thing: Any, action: str, user: AbstractBaseUser, reason: str, **more: Any) -> None:
    """An article's own history shows it; of a list the desk's log does."""
    title = {} if isinstance(thing, Article) else {"title": str(thing)}
    log(thing, f"readership.{action}", user=user, data={"comment": reason, **{name: value for name, value in more.items() if value}}, **title)


def list_name(window: str, section: Section | None) -> str:
    """Such as “24 hours, ワールド”."""
    span = str(Window(window).label) if window else _("all three lists")
    return f"{span}, {section.title}" if section else span
