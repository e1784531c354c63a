from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from kawaraban.desk.models import Section
from kawaraban.readership.actions.steering import Refused, ensure_ahead, list_name, note, steered, told_reason
from kawaraban.readership.models import Hold, Window


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as readers see it. articles: keys, first rank first."""

    window: Window
    section: Section | None
    articles: Sequence[int]


def hold(shown: Shown, user: AbstractBaseUser, now: datetime, reason: str, until: datetime | None = None) -> Hold:
    """Keeps a list as it is. Raises Refused."""
    with steered(user):
        told = told_reason(reason)
        ensure_ahead(until, now)
        if not shown.articles:
            raise Refused(_("The list is empty: there is nothing to hold."))
        Hold.objects.filter(window=shown.window, section=shown.section).delete()
        values = {"window": shown.window, "section": shown.section, "articles": list(shown.articles), "until": until}
        made: Hold = Hold.objects.create(reason=told, made_by=user, made_at=now, **values)
        note(made, "hold", user, told, list=list_name(shown.window, shown.section), until=until and until.isoformat())
    return made
