"""An article follows the item that it was made from: later corrections are accepted into the draft, or dismissed."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from kawaraban.wires.making import headline_and_deck
from kawaraban.wires.models import ArticleOrigin, WireItem, WireVersion
from kawaraban.wires.revising import revise
from kawaraban.wires.words import paragraphs_of


@dataclass(frozen=True, slots=True)
class Accepted:
    """How many changes are in the draft now, and how many an editor has to make by hand."""

    made: int
    left: int


def newest(item: WireItem) -> WireItem:
    """The item that stands for it now: itself, or what has replaced it under another identifier."""
    seen = {item.pk}
    while item.replaced_by and item.replaced_by_id not in seen:
        item = item.replaced_by
        seen.add(item.pk)
    return item


def awaited(origin: ArticleOrigin) -> WireVersion | None:
    """The version that an editor has to look at; None when the article follows the newest, or the item was taken back."""
    item = newest(origin.item)
    is_known = item.face_id in (None, origin.accepted_id)
    return None if is_known or item.status != WireItem.Status.USABLE else item.face


@transaction.atomic
def accept(origin: ArticleOrigin, version: WireVersion, user: AbstractUser) -> Accepted:
    """Saves a draft with what changed; what readers see stays as it is until somebody publishes it."""
    article = origin.article.get_latest_revision_as_object()
    old = origin.accepted.copy if origin.accepted else {}
    found = revise(list(article.body.raw_data), paragraphs(old), paragraphs(version.copy))
    article.body = article.body.stream_block.to_python(found.blocks)
    headlines = [headline_and_deck(copy.get("headline", "")) for copy in (old, version.copy)]
    made, left = found.made, found.left
    if headlines[0] != headlines[1]:
        is_untouched = (article.title, article.deck) == headlines[0]
        if is_untouched:
            article.title, article.deck = headlines[1]
        made, left = made + is_untouched, left + (not is_untouched)
    if made:
        article.save_revision(user=user, log_action=True, clean=False)  # a draft may lack what readers need
    follow(origin, version)
    return Accepted(made, left)


def paragraphs(copy: "dict[str, str]") -> list[str]:
    return paragraphs_of(copy.get("body_text", ""))


def follow(origin: ArticleOrigin, version: WireVersion) -> None:
    """Dismisses what has changed, or notes that it was done by hand."""
    origin.accepted = version
    origin.save(update_fields=["accepted"])
