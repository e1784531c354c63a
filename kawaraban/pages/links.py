from html import escape
from typing import Any

from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from kawaraban.desk.addresses import address_of
from kawaraban.desk.models import Article
from kawaraban.desk.querysets import private


class ShownPageLink(PageLinkHandler):
    """A link in a text to a page of the magazine; the words alone stay when readers may not see the page."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        keys = [attrs.get("id") for attrs in attrs_list]
        shown = Page.objects.live().exclude(private()).filter(pk__in=keys)
        ahead = set(Article.objects.filter(pk__in=keys, published_at__gt=timezone.now()).values_list("pk", flat=True))
        by_key = {str(page.pk): page for page in shown if page.pk not in ahead}
        return [by_key.get(str(key)) for key in keys]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        return [f'<a href="{escape(address_of(page))}">' if page else "<a>" for page in cls.get_many(attrs_list)]
