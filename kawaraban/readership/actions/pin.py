from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from kawaraban.desk.models import Article, Section
from kawaraban.readership.actions.steering import Refused, ensure_ahead, ensure_listable, list_name, note, steered, told_reason
from kawaraban.readership.models import Pin, Window


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article is pinned. No window: all three lists; no section: the whole magazine's."""

    position: int
    window: Window | None = None
    section: Section | None = None


def pin(article: Article, user: AbstractBaseUser, now: datetime, place: Place, reason: str, until: datetime | None = None) -> Pin:
    """Sets an article at a rank, instead of where it was pinned in that list. Raises Refused."""
    with steered(user):
        told = told_reason(reason)
        ensure_ahead(until, now)
        ensure_listable(article, now)
        if not 1 <= place.position <= (last := settings.KAWARABAN.lists.ranking):
            raise Refused(_("The list has ranks 1 to %d.") % last)
        if place.section and place.section.pk != article.section_id:
            raise Refused(_("The article is of another section."))
        window = place.window or ""
        standing = Pin.objects.standing(now).filter(window=window, section=place.section)
        if other := standing.filter(position=place.position).exclude(article=article).select_related("article").first():
            raise Refused(_("“%(headline)s” is pinned there. Unpin it first.") % {"headline": other.article.title})
        Pin.objects.filter(article=article, window=window, section=place.section).delete()
        values = {"window": window, "section": place.section, "position": place.position, "until": until}
        made: Pin = Pin.objects.create(article=article, reason=told, made_by=user, made_at=now, **values)
        note(article, "pin", user, told, position=place.position, list=list_name(window, place.section), until=until and until.isoformat())
    return made
