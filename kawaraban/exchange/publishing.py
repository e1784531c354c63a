"""Putting pages that came from elsewhere where readers see them."""

from datetime import datetime
from typing import TypeVar

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_published

AnyPage = TypeVar("AnyPage", bound=Page)


def put(parent: Page, page: AnyPage, since: datetime | None = None) -> AnyPage:
    """Adds a new page below its parent and publishes it."""
    page.live = False
    parent.add_child(instance=page)
    return publish(page, since)


def publish(page: AnyPage, since: datetime | None = None) -> AnyPage:
    """What Wagtail's own publishing does, less the desk's checks; `since` is when readers elsewhere first saw the page.

    The checks are for what is written here: an archive's headline may be longer
    than ours, its picture may lack a credit, and it has to come in all the same.
    """
    now = timezone.now()
    page.first_published_at = since or page.first_published_at or now
    page.last_published_at = since or now
    page.live = True
    page.expired = False
    page.save(clean=False)
    revision = page.save_revision(clean=False)
    page.live_revision, page.has_unpublished_changes = revision, False
    Page.objects.filter(pk=page.pk).update(live_revision=revision, has_unpublished_changes=False)
    page_published.send(sender=type(page), instance=page, revision=revision)
    log(instance=page, action="wagtail.publish", revision=revision, content_changed=True)
    return page
