from django.conf import settings

from kawaraban.desk.models import Article
from kawaraban.pages import when
from kawaraban.pages.images import image
from kawaraban.pages.phrases import broken_at_phrases
from kawaraban.pages.ruby import without_ruby
from kawaraban.pages.values import Card, Link


def card(article: Article, *, is_first: bool = False, shape: str = "card", sizes: str = "") -> Card:
    """An article of a queryset with for_cards() as lists show it."""
    return Card(
        headline=broken_at_phrases(article.full_headline),
        title=without_ruby(article.full_headline),
        address=article.address,
        date=when.list_date(article.published_at) if article.published_at else "",
        iso_date=when.iso(article.published_at) if article.published_at else "",
        kicker=article.kicker,
        lead=without_ruby(article.lead),
        section=Link(article.section.title, article.section.address),
        is_sponsored=article.is_sponsored,
        image=image(article.picture, shape, is_first=is_first, sizes=sizes),
    )


def cards(articles) -> tuple[Card, ...]:
    return tuple(card(article) for article in articles)


def page_size() -> int:
    return int(settings.KAWARABAN.lists.page_size)
