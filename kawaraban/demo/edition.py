"""The demo edition: its text and drawn pictures made into a magazine, the same every time but for the dates."""

import itertools
import random
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from kawaraban.demo import builders, pictures, reading, sending
from kawaraban.desk.clock import local
from kawaraban.desk.models import Article, Author, Byline, Content, Front, Lead, Pick, Picture, Section, Topic
from kawaraban.pages import images
from kawaraban.readership.models import Window
from kawaraban.readership.rankings import replace_imported
from kawaraban.wires.models import Source, WireItem

Say = Callable[[str], None]
Drawing = tuple[str, str, str]  # kind (picture, cover or portrait), motif, seed
DRAW = {"picture": pictures.draw, "cover": pictures.draw_cover}
SPANS = {Window.DAY: 2, Window.WEEK: 7, Window.MONTH: 30}
NOTICES = (
    (
        "著作権とリンク",
        "copyright",
        "<p>掲載した記事、写真、絵の無断での転載はお断りします。引用は出典とアドレスを添えてご自由にどうぞ。リンクに許可は要りません。</p>",
    ),
    (
        "訂正について",
        "corrections",
        "<p>誤りが見つかったときは、その記事の末尾に訂正の内容と日時を記します。お気づきの点は編集部までお知らせください。</p>",
    ),
)


def name() -> str:
    return str(reading.table("magazine")["name"])


def build(say: Say) -> None:
    """Makes the edition in an empty home; in one that has it, only what is missing of the pictures' sizes.

    Drawing comes first and writing is one transaction: an interrupted call leaves nothing half made.
    """
    if not Article.objects.exists():
        drawn = draw_all(say)
        say("Writing articles, issues and wire …")
        with transaction.atomic():
            Edition(timezone.now(), drawn).write()
    watch_agency()
    make_sizes(say)


def watch_agency() -> None:
    """The folder in which the running demo's agency delivers; its silence, while the demo rests, is no alarm."""
    told = {"name": "潮見通信", "kind": Source.Kind.FOLDER, "agency": "潮見通信", "section": "ワールド", "address": sending.FOLDER}
    more = {"settings": {"after": "delete"}, "patience": 60 * 24 * 3650}
    Source.objects.get_or_create(key=sending.KEY, defaults={**told, **more})


def drawings() -> list[Drawing]:
    """Every picture that the edition needs."""
    found: list[Drawing] = []
    for entry in reading.articles():
        found.append(("picture", entry["picture"]["motif"], entry["slug"]))
        found += [("picture", block["value"]["motif"], f"{entry['slug']}/{place}") for place, block in inline_pictures(entry)]
    found += [("picture", topic["motif"], topic["key"]) for topic in reading.table("topics")["topic"]]
    found += [("cover", issue["motif"], f"issue {issue['weeks_ago']}") for issue in reading.table("issues")["issue"]]
    found += [("cover", mook["motif"], mook["slug"]) for mook in reading.table("mooks")["mook"]]
    return found + [("portrait", "", author["key"]) for author in reading.table("authors")["author"]]


def inline_pictures(entry: dict[str, Any]) -> list[tuple[int, reading.Block]]:
    return [(place, block) for place, block in enumerate(reading.blocks(entry["body"]["text"])) if block["type"] == "picture"]


def draw_one(drawing: Drawing) -> bytes:
    kind, motif, seed = drawing
    return pictures.draw_portrait(seed) if kind == "portrait" else DRAW[kind](motif, seed)


def draw_all(say: Say) -> dict[Drawing, bytes]:
    wanted = drawings()
    drawn: dict[Drawing, bytes] = {}
    with ProcessPoolExecutor() as pool:
        for drawing, png in zip(wanted, pool.map(draw_one, wanted, chunksize=2), strict=True):
            drawn[drawing] = png
            progress(say, "Drawing pictures", len(drawn), len(wanted))
    return drawn


def progress(say: Say, what: str, done: int, of: int) -> None:
    """A line at the start, at each quarter and at the end."""
    if done == 1 or done == of or done * 4 // of != (done - 1) * 4 // of:
        say(f"{what}: {done} of {of}")


def make_sizes(say: Say) -> None:
    """Every picture in the sizes that pages show, so that no reader waits for one."""
    wanted = [(picture, shape) for picture in Picture.objects.all() for shape in shapes_of(picture)]
    done = 0
    with ThreadPoolExecutor(2) as pool:
        for _ in pool.map(make_size, wanted):
            done += 1
            progress(say, "Sizing pictures", done, len(wanted))


def make_size(wanted: tuple[Picture, str]) -> None:
    picture, shape = wanted
    try:
        if shape == "shared":
            images.shared_address(picture)
        else:
            images.image(picture, shape)
    finally:
        connection.close()


def shapes_of(picture: Picture) -> tuple[str, ...]:
    if picture.height > picture.width:
        return ("cover",)
    return ("portrait",) if picture.height == picture.width else ("card", "figure", "shared")


class Edition:
    """Writes the edition; what is made is kept by its key for what refers to it."""

    def __init__(self, now: datetime, drawn: dict[Drawing, bytes]) -> None:
        self.now = now
        self.drawn = drawn
        self.random = random.Random("kawaraban")
        self.sections: dict[str, Section] = {}
        self.authors: dict[str, Author] = {}
        self.topics: dict[str, Topic] = {}
        self.articles: dict[str, Article] = {}

    def write(self) -> None:
        self.write_magazine()
        self.write_sections()
        self.write_authors()
        self.write_topics()
        for entry in reading.articles():
            self.articles[entry["slug"]] = self.write_article(entry)
        self.link_articles()
        self.write_issues()
        self.write_mooks()
        self.write_wires()
        self.write_rankings()
        self.choose_leads()

    def picture(self, kind: str, motif: str, seed: str, **words: str) -> Picture:
        return builders.make_picture(self.drawn[kind, motif, seed], title=words["alt"], **words)

    def write_magazine(self) -> None:
        told = reading.table("magazine")
        front = Front.objects.get()
        front.title, front.draft_title = told["name"], told["name"]
        for field in ("latin", "tagline", "description", "publisher", "newsletter_blurb"):
            setattr(front, field, told[field])
        front.save()
        about = "".join(f"<p>{part.strip()}</p>" for part in told["about"].strip().split("\n\n"))
        builders.make_notice(f"{told['full_name']}について", about, slug="about")
        for title, slug, body in NOTICES:
            builders.make_notice(title, body, slug=slug)

    def write_sections(self) -> None:
        for entry in reading.table("sections")["section"]:
            self.sections[entry["slug"]] = builders.make_section(
                entry["name"], slug=entry["slug"], latin=entry["latin"], description=entry["description"]
            )

    def write_authors(self) -> None:
        for entry in reading.table("authors")["author"]:
            portrait = self.picture("portrait", "", entry["key"], alt=f"{entry['name']}の似顔絵", caption="", credit="ILLUSTRATION BY SHIOMI")
            self.authors[entry["key"]] = builders.make_author(
                entry["name"], reading=entry["reading"], latin=entry["latin"], job=entry["job"], biography=entry["biography"], picture=portrait
            )

    def write_topics(self) -> None:
        for entry in reading.table("topics")["topic"]:
            picture = self.picture("picture", entry["motif"], entry["key"], alt=f"{entry['name']}の扉絵", caption="", credit="ILLUSTRATION BY SHIOMI")
            self.topics[entry["key"]] = builders.make_topic(
                entry["name"], slug=entry["key"], kind=entry["kind"], sponsor=entry.get("sponsor", ""), blurb=entry["blurb"], picture=picture
            )

    def write_article(self, entry: dict[str, Any]) -> Article:
        original = entry.get("original", {})
        words = {key: entry["picture"][key] for key in ("alt", "caption", "credit")}
        return builders.make_article(
            entry["headline"],
            now=self.now,
            age=timedelta(hours=entry["age_hours"]),
            section=self.sections[entry["section"]],
            slug=entry["slug"],
            kicker=entry["kicker"],
            deck=entry.get("deck", ""),
            lead=entry["lead"],
            original_title=original.get("title", ""),
            original_language=original.get("language", ""),
            original_address=original.get("address", ""),
            picture=self.picture("picture", entry["picture"]["motif"], entry["slug"], **words),
            author_note=entry.get("author_note", ""),
            is_sponsored=bool(entry.get("sponsor")),
            sponsor=entry.get("sponsor", ""),
            authors=self.bylines(entry),
            topics=[self.topics[key] for key in entry["topics"]],
        )

    def bylines(self, entry: dict[str, Any]) -> Iterable[tuple[Author, str]]:
        roles = {"authors": Byline.Role.AUTHOR, "translators": Byline.Role.TRANSLATOR, "photographers": Byline.Role.PHOTOGRAPHER}
        return [(self.authors[key], role) for field, role in roles.items() for key in entry.get(field, [])]

    def link_articles(self) -> None:
        """Bodies and picks, once every article that they may name is there."""
        for entry in reading.articles():
            article = self.articles[entry["slug"]]
            article.body = [self.body_block(entry, place, block) for place, block in enumerate(reading.blocks(entry["body"]["text"]))]
            article.picks = [Pick(picked=self.articles[slug], sort_order=place) for place, slug in enumerate(entry.get("picks", []))]
            article.save()

    def body_block(self, entry: dict[str, Any], place: int, block: reading.Block) -> tuple[str, Any]:
        kind, value = block["type"], block["value"]
        if kind == "related":
            return kind, {"label": value["label"], "article": self.articles[value["slug"]], "title": "", "address": ""}
        if kind == "picture":
            words = {key: value[key] for key in ("alt", "caption", "credit")}
            return kind, {"picture": self.picture("picture", value["motif"], f"{entry['slug']}/{place}", **words), "caption": ""}
        return kind, value

    def write_issues(self) -> None:
        """One a week, on sale on Tuesdays, dated a week later; each with the articles of its week."""
        today = local(self.now).date()
        tuesday = today - timedelta(days=(today.weekday() - 1) % 7)
        for entry in reversed(reading.table("issues")["issue"]):
            on_sale = tuesday - entry["weeks_ago"] * builders.WEEK
            cover = self.picture(
                "cover",
                entry["motif"],
                f"issue {entry['weeks_ago']}",
                alt=f"特集：{entry['cover_line']}",
                caption="",
                credit="ILLUSTRATION BY SHIOMI",
            )
            builders.make_issue(
                entry["cover_line"],
                on_sale=on_sale,
                cover=cover,
                cover_lines="\n".join(entry["lines"]),
                blurb=entry["blurb"],
                entries=self.contents(entry),
            )

    def contents(self, entry: dict[str, Any]) -> list[Content]:
        until = self.now - entry["weeks_ago"] * builders.WEEK
        of_week = [
            article for article in self.articles.values() if until - builders.WEEK <= article.published_at <= until and not article.is_sponsored
        ]
        pages = itertools.count(16, 6)
        special = [Content(title=line, heading="特集" if place == 0 else "", first_page=next(pages)) for place, line in enumerate(entry["lines"])]
        stories = [
            Content(article=article, heading="REPORTS" if place == 0 else "", first_page=next(pages)) for place, article in enumerate(of_week[:7])
        ]
        columns = [
            Content(title=line, heading="COLUMNS" if place == 0 else "", first_page=next(pages)) for place, line in enumerate(entry["columns"])
        ]
        return [*special, *stories, *columns]

    def write_mooks(self) -> None:
        for entry in reading.table("mooks")["mook"]:
            builders.make_mook(
                entry["title"],
                slug=entry["slug"],
                cover=self.picture(
                    "cover", entry["motif"], entry["slug"], alt=f"{entry['title']}の表紙", caption="", credit="ILLUSTRATION BY SHIOMI"
                ),
                blurb=entry["blurb"],
                contents="\n".join(entry["contents"]),
                price_yen=entry["price_yen"],
                page_count=entry["pages"],
                on_sale_date=local(self.now).date() - timedelta(days=30 * entry["months_ago"]),
            )

    def write_wires(self) -> None:
        told = reading.table("wires")
        WireItem.objects.bulk_create(
            WireItem(
                guid=f"demo:{place}",
                agency=told["agency"]["name"],
                section=item["section"],
                headline=item["headline"],
                body=item["body"].strip(),
                urgency=item["urgency"],
                language=item.get("language", "ja"),
                published=self.now - timedelta(minutes=item["minutes_ago"]),
            )
            for place, item in enumerate(told["item"])
        )

    def write_rankings(self) -> None:
        """Lists such as reads would make: any of the window's articles, newer ones likelier."""
        for window, days in SPANS.items():
            since = self.now - timedelta(days=days)
            candidates = [article for article in self.articles.values() if article.published_at >= since and not article.is_sponsored]
            order = sorted(
                candidates, key=lambda article: self.random.random() * (1 + (article.published_at - since) / timedelta(days=days)), reverse=True
            )
            replace_imported(window, order[: settings.KAWARABAN.lists.ranking])

    def choose_leads(self) -> None:
        newest = sorted(
            (article for article in self.articles.values() if not article.is_sponsored), key=lambda article: article.published_at, reverse=True
        )
        first_of_section: dict[int, Article] = {}
        for article in newest:
            first_of_section.setdefault(article.section_id, article)
        front = Front.objects.get()
        front.leads = [Lead(article=article) for article in list(first_of_section.values())[:5]]
        front.save()
