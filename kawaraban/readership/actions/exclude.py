from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from kawaraban.desk.models import Article
from kawaraban.readership.actions.steering import ensure_ahead, list_name, note, steered, told_reason
from kawaraban.readership.models import Exclusion, Window


def exclude(
    article: Article, user: AbstractBaseUser, now: datetime, reason: str, *, window: Window | None = None, until: datetime | None = None
) -> Exclusion:
    """Keeps an article out of one window's lists, or of all. Its reads are counted on. Raises Refused."""
    with steered(user):
        told = told_reason(reason)
        ensure_ahead(until, now)
        Exclusion.objects.filter(article=article, window=window or "").delete()
        made: Exclusion = Exclusion.objects.create(article=article, window=window or "", reason=told, made_by=user, made_at=now, until=until)
        note(article, "exclude", user, told, list=list_name(window or "", None), until=until and until.isoformat())
    return made
