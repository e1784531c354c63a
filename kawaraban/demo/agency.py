"""The invented agency of the running demo: what it sends, item after item. Pure."""

import json
import random
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from html import escape
from typing import Any

from kawaraban.demo import reading

NAR, XHTML = "http://iptc.org/std/nar/2006-10-01/", "http://www.w3.org/1999/xhtml"
FIELD = re.compile(r"\{(\w+)\}")
SPAN = re.compile(r"(\d+)-(\d+)")
RIGHTS = "（Ｃ）潮見通信社"
KILL = "配信取消　この記事は事実の確認ができないため取り消します。"
# Of so many items one is urgent, one corrects an earlier one, one takes an earlier one back.
ROUND = 15
URGENT, CORRECTED, KILLED = (3, 9), (6, 12), (14,)
BACK = {6: 2, 12: 3, 14: 4}  # how many items before, never itself a correction or a kill


class Kind(StrEnum):
    ITEM = "item"
    URGENT = "urgent"
    CORRECTION = "correction"
    KILL = "kill"


@dataclass(frozen=True)
class Story:
    """One item in one version."""

    guid: str
    version: int
    subject: tuple[str, str]
    urgency: int
    headline: str
    paragraphs: tuple[str, ...]
    place: str
    reporter: str
    first_sent: datetime
    sent: datetime
    note: str = ""
    is_killed: bool = False


@dataclass(frozen=True)
class Sent:
    """A file as the agency delivers it."""

    name: str
    data: bytes
    kind: Kind
    story: Story


def kind_of(number: int) -> Kind:
    place = number % ROUND
    if place in KILLED:
        return Kind.KILL
    if place in CORRECTED:
        return Kind.CORRECTION
    return Kind.URGENT if place in URGENT else Kind.ITEM


def delivery(number: int, began: datetime, every: timedelta) -> Sent:
    """The file of a number, counted from 0: the same for the same moment at which the agency began."""
    kind, sent = kind_of(number), began + number * every
    if kind in (Kind.ITEM, Kind.URGENT):
        story = told(number, began, sent, sent)
    else:
        earlier = number - BACK[number % ROUND]
        change = killed if kind is Kind.KILL else corrected
        story = change(earlier, began, began + earlier * every, sent)
    if number % 2:
        return Sent(f"{number:06d}.xml", newsmlg2(story), kind, story)
    return Sent(f"{number:06d}.json", ninjs(story), kind, story)


@cache
def table() -> dict[str, Any]:
    return reading.table("agency")


def chosen(number: int, began: datetime) -> tuple[dict[str, Any], dict[str, str], random.Random]:
    """The scene of a number, the words that fill it, and the chance that further words come from. Each scene comes once before any comes again."""
    scenes = table()["urgent" if kind_of(number) is Kind.URGENT else "scene"]
    order = random.Random(f"{began.isoformat()} {number // len(scenes)}").sample(scenes, len(scenes))
    scene, chance = order[number % len(scenes)], random.Random(f"{began.isoformat()} {number}")
    values = {name: drawn(value, chance) for name, value in scene["values"].items()}
    return scene, values | {"place": chance.choice(table()["agency"]["places"])}, chance


def drawn(value: str | list[str], chance: random.Random) -> str:
    if isinstance(value, list):
        return chance.choice(value)
    span = SPAN.fullmatch(value)
    return str(chance.randint(int(span[1]), int(span[2]))) if span else value


def told(number: int, began: datetime, first_sent: datetime, sent: datetime) -> Story:
    scene, values, chance = chosen(number, began)
    return written(scene, values, guid(number, began), chance.choice(table()["agency"]["reporters"]), first_sent, sent)


def corrected(number: int, began: datetime, first_sent: datetime, sent: datetime) -> Story:
    scene, values, chance = chosen(number, began)
    reporter = chance.choice(table()["agency"]["reporters"])
    name, label = scene["wrong"]
    right = str(int(values[name]) + chance.choice((1, 2, 3)))
    note = f"訂正　{label}の「{values[name]}」は「{right}」の誤りでした。"
    return written(scene, values | {name: right}, guid(number, began), reporter, first_sent, sent, version=2, note=note)


def killed(number: int, began: datetime, first_sent: datetime, sent: datetime) -> Story:
    scene, values, _ = chosen(number, began)
    found = written(scene, values, guid(number, began), "", first_sent, sent, version=2, note=KILL)
    return replace(found, headline="", paragraphs=(), is_killed=True)


def guid(number: int, began: datetime) -> str:
    return f"urn:newsml:shiomi.example:{began:%Y%m%d}:{began:%H%M%S}-{number:06d}"


def written(scene: dict[str, Any], values: dict[str, str], name: str, reporter: str, first_sent: datetime, sent: datetime, **more: Any) -> Story:
    def fill(text: str) -> str:
        return FIELD.sub(lambda field: values[field[1]], text)

    return Story(
        guid=name,
        subject=tuple(scene["subject"]),
        urgency=scene["urgency"],
        headline=fill(scene["headline"]),
        paragraphs=tuple(fill(part.strip()) for part in scene["body"].strip().split("\n\n")),
        place=values["place"],
        reporter=reporter,
        first_sent=first_sent,
        sent=sent,
        **{"version": 1, **more},
    )


def ninjs(story: Story) -> bytes:
    """Source: https://iptc.org/standards/ninjs/ (1.4)"""
    code, name = story.subject
    found = {
        "uri": story.guid,
        "type": "text",
        "version": str(story.version),
        "firstcreated": story.first_sent.isoformat(),
        "versioncreated": story.sent.isoformat(),
        "pubstatus": "canceled" if story.is_killed else "usable",
        "urgency": story.urgency,
        "language": "ja",
        "headline": story.headline,
        "byline": story.reporter,
        "located": story.place,
        "ednote": story.note,
        "copyrightnotice": RIGHTS,
        "subject": [{"name": name, "scheme": "http://cv.iptc.org/newscodes/mediatopic/", "code": code}],
        "infosource": [{"name": table()["agency"]["name"]}],
        "body_html": html(story),
    }
    return json.dumps({key: value for key, value in found.items() if value}, ensure_ascii=False, indent=1).encode()


def html(story: Story) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in story.paragraphs)


def newsmlg2(story: Story) -> bytes:
    """Source: https://iptc.org/standards/newsml-g2/ (2.33)"""
    code, name = story.subject
    status = "canceled" if story.is_killed else "usable"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="{NAR}" guid="{story.guid}" version="{story.version}" standard="NewsML-G2" standardversion="2.33" conformance="power" xml:lang="ja">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"/>
<rightsInfo><copyrightNotice>{RIGHTS}</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider><name>{table()["agency"]["name"]}</name></provider>
<versionCreated>{story.sent.isoformat()}</versionCreated><firstCreated>{story.first_sent.isoformat()}</firstCreated>
<pubStatus qcode="stat:{status}"/><edNote>{escape(story.note)}</edNote></itemMeta>
<contentMeta><urgency>{story.urgency}</urgency><subject qcode="medtop:{code}"><name>{name}</name></subject>
<headline>{escape(story.headline)}</headline><by>{story.reporter}</by><dateline>{story.place}</dateline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="{XHTML}"><body>{html(story)}</body></html></inlineXML></contentSet>
</newsItem>""".encode()
