from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def private() -> Q:
    """What is behind a restriction, of its own or of a page above. Wagtail's `public()` reads every page where SQLite has statistics."""
    keys = list(PageViewRestriction.objects.values_list("page_id", flat=True))
    found = Q(pk__in=[])
    for path, depth in Page.objects.filter(pk__in=keys).values_list("path", "depth"):
        found |= Q(path__startswith=path, depth__gte=depth)
    return found


class ReaderPageQuerySet(PageQuerySet):
    def private_q(self):
        return private()

    def shown(self):
        """What any reader may see: published, and neither it nor a page above it behind a restriction."""
        return self.live().public()


class ArticleQuerySet(ReaderPageQuerySet):
    def published(self, now: datetime | None = None):
        """Articles that readers may see in full: shown, dated, and not dated later than now."""
        return self.shown().filter(published_at__lte=now or timezone.now())

    def listable(self, now: datetime | None = None):
        """What a most-read list may name: published articles and the headlines of stubs."""
        return self.shown().filter(Q(published_at__isnull=True) | Q(published_at__lte=now or timezone.now()))

    def stubs(self):
        """Articles known by their headline only, from an import."""
        return self.filter(published_at__isnull=True, live=True)

    def in_section(self, section: Page | int):
        return self.filter(section_id=getattr(section, "pk", section))

    def on_topic(self, topic: Page):
        return self.filter(topics=topic)

    def by_author(self, author: Page):
        return self.filter(bylines__author=author).distinct()

    def since(self, moment: datetime):
        return self.filter(published_at__gte=moment)

    def editorial(self):
        """Without what was paid for."""
        return self.filter(is_sponsored=False)

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def oldest_first(self):
        return self.order_by("published_at", "pk")

    def among(self, keys: Iterable[int]):
        return self.filter(pk__in=list(keys))

    def for_cards(self):
        """With everything that a card in a list shows, in a fixed number of queries."""
        return self.select_related("section", "picture").prefetch_related("picture__renditions")
