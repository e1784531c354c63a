from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser

from kawaraban.desk.models import Article
from kawaraban.readership.actions.steering import note, steered, told_reason
from kawaraban.readership.models import Clearance


def settle(article: Article, day: date, user: AbstractBaseUser, now: datetime, reason: str) -> Clearance:
    """Takes a day's flag from an article: somebody has looked at it. Raises Refused."""
    with steered(user):
        told = told_reason(reason)
        made, _new = Clearance.objects.update_or_create(article=article, day=day, defaults={"reason": told, "made_by": user, "made_at": now})
        note(article, "settle", user, told, day=f"{day}")
    return made
