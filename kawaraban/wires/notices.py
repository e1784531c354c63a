"""Tells the editors of the articles that were made from an item what its agency has ordered."""

from datetime import datetime
from typing import Literal

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from kawaraban.wires.models import ArticleOrigin, DeskNotice, WireItem

Kind = Literal["killed", "withheld", "corrected", "revived"]  # of DeskNotice


def origins_of(item: WireItem) -> "QuerySet[ArticleOrigin]":
    """The articles made from an item, or following it as a correction of theirs."""
    return ArticleOrigin.objects.filter(Q(item=item) | Q(accepted__item=item)).select_related("article__latest_revision").order_by("pk")


def notify(item: WireItem, kind: Kind, now: datetime) -> list[DeskNotice]:
    """A notice for each editor of each article; the worker mails them."""
    wanted = [(origin.article, user) for origin in origins_of(item) for user in editors_of(origin)]
    return DeskNotice.objects.bulk_create(DeskNotice(user_id=user, kind=kind, article=article, item=item, created=now) for article, user in wanted)


def editors_of(origin: ArticleOrigin) -> list[int]:
    """Who wrote, changed last or made the article; when none of them works here any more, whoever may do everything."""
    article = origin.article
    last = article.latest_revision.user_id if article.latest_revision else None
    active = get_user_model().objects.filter(is_active=True)
    keys = {article.owner_id, last, origin.made_by_id} - {None}
    found = active.filter(pk__in=keys) if keys else active.none()
    return list((found if found.exists() else active.filter(is_superuser=True)).order_by("pk").values_list("pk", flat=True))
