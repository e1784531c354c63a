"""From the desk's body blocks to the blocks that readers see."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from wagtail.rich_text import expand_db_html

from kawaraban.desk.models import Article
from kawaraban.pages.images import image
from kawaraban.pages.ruby import with_ruby, without_ruby
from kawaraban.pages.values import Block, Embed, Figure, Paragraph, Quotation, Related, Subheading

CHARACTERS_A_MINUTE = 550


def pages_of(article: Article) -> tuple[tuple[Block, ...], ...]:
    """The body as readers see it, one tuple a page; a single empty one for an empty body."""
    shown = shown_articles(article.body)
    pages: list[list[Block]] = [[]]
    for block in article.body:
        if block.block_type == "page_break":
            pages.append([])
        else:
            pages[-1] += blocks_of(block, shown)
    return tuple(tuple(page) for page in pages if page) or ((),)


def shown_articles(body: Iterable) -> dict[int, Article]:
    """The articles that the body's related links name and that readers may see, by key."""
    keys = {block.value["article"].pk for block in body if block.block_type == "related" and block.value["article"]}
    return {found.pk: found for found in Article.objects.published().among(keys)} if keys else {}


def blocks_of(block, shown: dict[int, Article]) -> Iterator[Block]:
    value = block.value
    match block.block_type:
        case "paragraph":
            yield Paragraph(with_ruby(expand_db_html(value.source)))
        case "subheading":
            yield Subheading(value)
        case "related":
            yield from related(value, shown)
        case "picture":
            if found := image(value["picture"], "figure", caption=value["caption"]):
                yield Figure(found)
        case "quotation":
            yield Quotation(value["text"], value["source"])
        case "embed":
            yield Embed(value["title"], value["address"], urlsplit(value["address"]).hostname or "")


def related(value, shown: dict[int, Article]) -> Iterator[Related]:
    """A related link; nothing when its article is one that readers may not see."""
    chosen = value["article"]
    if chosen is None:
        yield Related(value["label"], value["title"], value["address"])
    elif found := shown.get(chosen.pk):
        yield Related(value["label"], value["title"] or without_ruby(found.full_headline), found.address)


def reading_minutes(pages: Iterable[Iterable[Block]]) -> int:
    text = sum(len(text_of(block)) for page in pages for block in page)
    return max(1, round(text / CHARACTERS_A_MINUTE))


def text_of(block: Block) -> str:
    match block:
        case Paragraph(html=html):
            return html
        case Quotation(text=text):
            return text
    return ""
