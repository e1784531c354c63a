"""What a change asks of the press.

Three questions answer it: what was made from the changed thing (the edition's
index knows), what refers to it (Wagtail's reference index knows), and where
does it say itself that it appears.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex

from kawaraban.desk.addresses import address_of
from kawaraban.desk.appearance import Appearance
from kawaraban.desk.models import Article, Front, Picture, ReaderPage, Section
from kawaraban.pages.made_from import own
from kawaraban.pages.wire import ADDRESS as WIRE
from kawaraban.press.edition import SLOT, Edition
from kawaraban.press.marks import INSET
from kawaraban.press.queue import Urgency
from kawaraban.press.records import is_fit
from kawaraban.readership.models import ImportedRank
from kawaraban.wires.models import WireItem

KINDS: dict[str, type[Model]] = {"page": Page, "picture": Picture, "wire": WireItem, "redirect": Redirect}


GREATEST_LOOKUP = 500  # descendants whose old addresses are told at once; of the others readers ask


@dataclass
class Told:
    """What to print again, and what things look like now."""

    marks: dict[str, Urgency] = field(default_factory=dict)
    faces: dict[str, bytes] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)  # slots that showed what may not be shown any more
    articles: list[str] = field(default_factory=list)  # keys of those that have changed and are shown
    items: list[str] = field(default_factory=list)  # the same of wire items
    sections: list[int] = field(default_factory=list)  # keys of sections that may have other wishes now
    gone: list[str] = field(default_factory=list)  # keys of articles and wire items that are not shown any more

    def mark(self, addresses: Iterable[str], urgency: Urgency) -> None:
        for address in filter(is_fit, addresses):
            self.marks[address] = min(urgency, self.marks.get(address, urgency))

    def sort(self, key: str, thing: Model | None, shown: bool) -> None:
        """Of what has related reading, or is it."""
        if not shown:
            self.gone.append(key)
        elif isinstance(thing, Article | WireItem):
            (self.articles if isinstance(thing, Article) else self.items).append(key)
        elif isinstance(thing, Section):
            self.sections.append(thing.pk)


def thing_of(key: str) -> Model | None:
    """The thing that a key names; None when it has been deleted."""
    kind, _, number = key.partition(":")
    found = KINDS[kind]._default_manager.filter(pk=number).first()
    return found.specific if isinstance(found, Page) else found


def is_shown(thing: Model | None) -> bool:
    if isinstance(thing, WireItem):
        return thing.is_usable(timezone.now())
    if isinstance(thing, Article) and thing.published_at and thing.published_at > timezone.now():
        return False
    return thing is not None and getattr(thing, "live", True)


def was_shown(thing: Model | None) -> bool:
    """Whether readers may have seen what they may not see now."""
    return thing.was_ever_free(timezone.now()) if isinstance(thing, WireItem) else True


def tell(told: Told, edition: Edition, key: str, *, is_forced: bool = False) -> None:
    """Adds what a change of a thing asks for."""
    thing = thing_of(key)
    shown = is_shown(thing)
    told.mark(edition.made_from(own(key)), Urgency.NOW)
    told.sort(key, thing, shown)
    appearance = appearance_of(thing)
    if isinstance(thing, ReaderPage) and shown:
        told.mark([thing.address], Urgency.NOW)
    told.mark(appearance.files, Urgency.FIRST)
    if not looks_changed(told, edition, key, thing) and not is_forced:
        return
    showing = edition.made_from(key)
    told.mark(showing, Urgency.TAIL if shown else Urgency.NOW)
    told.mark((place for place in showing if place.startswith(SLOT)), Urgency.NOW)
    if isinstance(thing, Article):
        told.mark((place for place in showing if place.startswith(INSET)), Urgency.NOW if is_forced else Urgency.FIRST)
    told.mark((SLOT + name for name in appearance.slots), Urgency.NOW)
    for address in appearance.lists:
        told.mark([address], Urgency.FIRST)
        told.mark(edition.addresses(f"{address}?"), Urgency.TAIL)
    if thing is not None and shown:
        told.mark(referring(edition, thing), Urgency.TAIL)
    if isinstance(thing, Page):
        told.mark(below(edition, thing), Urgency.TAIL)
    if not shown and was_shown(thing):
        # Of its own slots nobody knows what earlier generations show: the index tells of the last printing.
        told.withdrawn |= {*appearance.slots, *(place.removeprefix(SLOT) for place in showing if place.startswith(SLOT))}


def looks_changed(told: Told, edition: Edition, key: str, thing: Model | None) -> bool:
    """False when other pages show the same of it as before."""
    face = thing.face() if isinstance(thing, ReaderPage) else None
    if face is None:
        return True
    digest = hashlib.blake2b(repr(face).encode(), digest_size=12).digest()
    told.faces[key] = digest
    return edition.face(key) != digest


def appearance_of(thing: Model | None) -> Appearance:
    if isinstance(thing, ReaderPage):
        appearance = thing.appearance
        if ImportedRank.objects.filter(article_id=thing.pk).exists():
            return Appearance((*appearance.slots, "rankings"), appearance.lists, appearance.files)
        return appearance
    if isinstance(thing, WireItem):
        slots = ("wire", "banner") if thing.banners.exists() else ("wire",)
        return Appearance(slots=slots, lists=(WIRE, f"{WIRE}/{thing.pk}"))
    if isinstance(thing, Redirect):
        return Appearance(lists=(thing.old_path.rstrip("/") or "/",))
    return Appearance()


def below(edition: Edition, page: Page) -> Iterator[str]:
    """What shows the pages below a page, whose addresses begin with its own, and the addresses that they and it had before."""
    descendants = [] if isinstance(page, Front) else list(page.get_descendants().values_list("pk", flat=True))
    for key in descendants:
        yield from edition.made_from(own(f"page:{key}"))
        yield from edition.made_from(f"page:{key}")
    for old in Redirect.objects.filter(redirect_page__in=[page.pk, *descendants[:GREATEST_LOOKUP]]).values_list("old_path", flat=True):
        yield old.rstrip("/") or "/"


def referring(edition: Edition, thing: Model) -> Iterator[str]:
    """Addresses of the live pages that refer to a thing, such as the articles with a picture, their further pages too."""
    keys = ReferenceIndex.get_references_to(thing).values_list("object_id", flat=True).distinct()
    pages = Page.objects.live().filter(pk__in=[int(key) for key in keys if str(key).isdecimal()]).only("url_path")
    for page in pages:
        yield address_of(page)
        yield from edition.made_from(own(f"page:{page.pk}"))
