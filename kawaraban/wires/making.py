"""Makes an article out of an item: a draft that knows where it came from."""

from datetime import datetime
from html import escape

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from kawaraban.desk.models import Article, Section
from kawaraban.wires.models import ArticleOrigin, WireItem, WireVersion
from kawaraban.wires.settling import adopt
from kawaraban.wires.words import paragraphs_of


@transaction.atomic
def make_article(item: WireItem, section: Section, user: AbstractUser, now: datetime) -> Article:
    """A draft under the section. What is embargoed is scheduled for the end of its embargo."""
    headline, deck = headline_and_deck(item.headline)
    article = Article(title=headline, deck=deck, section=section, live=False, owner=user, author_note=credit(item), **original(item))
    article.body = [("paragraph", paragraph(text)) for text in dated(paragraphs_of(item.body), item)]
    if item.embargoed_until and item.embargoed_until > now:
        article.go_live_at = item.embargoed_until
    section.add_child(instance=article)
    article.save_revision(user=user, log_action=True)
    ArticleOrigin.objects.create(article=article, item=item, accepted=face_of(item), made_by=user)
    return article


def headline_and_deck(headline: str) -> tuple[str, str]:
    """Agencies set a wide space between the two halves of a headline. What is longer than the magazine allows is cut."""
    limits = settings.KAWARABAN.headlines
    first, _space, second = headline.partition("\u3000")
    return first.strip()[: limits.headline] or _("Without a headline"), second.strip()[: limits.deck]


def paragraph(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"


def dated(paragraphs: list[str], item: WireItem) -> list[str]:
    """With the dateline before the first, unless it stands there."""
    dateline = item.dateline.strip()
    if not paragraphs or not dateline or dateline.strip("［］[]【】()（） ") in paragraphs[0][:80]:
        return paragraphs
    return [f"［{dateline}］\u3000{paragraphs[0]}", *paragraphs[1:]]


def credit(item: WireItem) -> str:
    """Who must be named, in the place that stands after the text."""
    agency = _("Copy: %(agency)s") % {"agency": item.agency} if item.agency else ""
    return "\n".join(filter(None, (agency, item.credit)))


def original(item: WireItem) -> dict[str, str]:
    """Of copy in another language than the magazine's, which somebody is going to translate."""
    if item.language.partition("-")[0] == settings.KAWARABAN.site.language.partition("-")[0]:
        return {}
    return {"original_title": item.headline, "original_language": item.language, "original_address": item.address}


def face_of(item: WireItem) -> WireVersion:
    """The version that it shows; an item that did not come by the wires gets its first."""
    if item.face is None:
        item.face = adopt(item)
        item.save(update_fields=["face"])
    return item.face
