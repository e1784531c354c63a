"""What agencies order in the lines around a text: kill, hold, embargo, correct. Pure.

Known by the words that desks put at the head of a line or between the slashes of keywords, in English and in Japanese.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from unicodedata import normalize

from kawaraban.wires.copy import Relation, Status
from kawaraban.wires.dates import has_time, spoken
from kawaraban.wires.moments import JAPAN

ENGLISH = {
    "kill": r"(?:(?:bulletin|mandatory|urgent|immediate)\s)?(?:kill|cancel)|withdrawal",
    "hold": r"hold|withhold|withheld|not for (?:publication|use)",
    "advisory": r"(?:editors'?\s)?advisory",
    "correct": r"corr|correct(?:ion|ions|ive|ed|s)",
    "update": r"writethru|writethrough|updates?|updated|replaces|replacement|\d*(?:st|nd|rd|th)?\s?ld",
}
JAPANESE = {
    "kill": "(?:配信|全文|記事|緊急)?(?:取消し?|取り消し|取消し)(?:指示|通知|依頼)?|配信中止|使用中止|削除依頼",
    "hold": "(?:使用|配信|掲載)?(?:保留|留保)|使用不可|掲載不可|使用禁止|予定稿",
    "advisory": "(?:編集)?連絡|編集用",
    "correct": "(?:記事|一部|本文)?(?:訂正|修正)(?:版|文)?",
    "update": "差し?替え?(?:版|稿)?|更新(?:版)?|続報",
}
BEFORE = r"[\s【\[(〈《<「*+=~\-■□◎●○★☆◆◇▼▽※・^]{0,9}"
# English words order when they are shouted or a sign sets them off: "Kill" begins many a headline.
SHOUTED = {name: re.compile(rf"{BEFORE}(?:{words})\b", re.I) for name, words in ENGLISH.items()}
SET_OFF = {name: re.compile(rf"{BEFORE}(?:{words})\s*(?:$|[\])】>:=/]|[-–—]\s)", re.I) for name, words in ENGLISH.items()}
HEADED = {name: re.compile(rf"{BEFORE}(?:{words})(?:$|[\s】\])〉》>」=~:/・。!\-■□◎●○★☆◆◇▼▽※])") for name, words in JAPANESE.items()}
WHOLE = {name: re.compile(f"(?:{ENGLISH[name]}|{JAPANESE[name]})", re.I) for name in ENGLISH}
EMBARGO = re.compile(
    BEFORE + r"(?:embargo(?:ed)?(?=\s*(?:[:=\-\])】\d]|until|till|for release|$))|(?:hold )?for release(?=[\s:])"
    r"|(?:hold )?for (?:advance|future) release|not (?:for|to be) (?:publication|release|use|publish\w+|release\w+|used) before|advance for"
    r"|(?:報道)?解禁(?:日時|時刻|指定|日)|報道解禁|解禁(?=\s?[:=】\])〉》\d]|\s?令和))",
    re.I,
)
LIFTED = re.compile(r"lifted|解禁済", re.I)
FIRST = re.compile(r"\d|令和|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.I)
EAST_ASIAN = re.compile("[\u3000-\u9fff]")
SEPARATORS = re.compile(r"[/;,、・|]")
RELATIONS = {"kill": Relation.KILLS, "correct": Relation.CORRECTS, "update": Relation.UPDATES}
SIGNS = " 【】[]()〈〉《》<>「」*+=~:/・!-■□◎●○★☆◆◇▼▽※^"
LONGEST = 300  # characters of a line that may be one


@dataclass(frozen=True, slots=True)
class Orders:
    status: Status = Status.USABLE
    relation: Relation | None = None  # to the items that the message names
    embargoed_until: datetime | None = None


def orders(lines: Iterable[str], keywords: str = "", issued: datetime | None = None) -> Orders:
    """What lines that stand alone and keywords between slashes order together. issued: of the message, for dates without a year."""
    told = [normalize("NFKC", line[:LONGEST]) for line in (*lines, *SEPARATORS.split(keywords[:LONGEST]))]
    kinds = {order(line) for line in told} | {keyword(word) for word in SEPARATORS.split(keywords[:LONGEST])}
    ends = [ending(line, issued) for line in told if order(line) == "embargo"]
    return Orders(
        status=Status.CANCELED if "kill" in kinds else Status.WITHHELD if kinds & {"hold", "advisory"} or None in ends else Status.USABLE,
        relation=next((relation for kind, relation in RELATIONS.items() if kind in kinds), None),
        embargoed_until=max(filter(None, ends), default=None),
    )


def order(line: str) -> str:
    """What a line orders: embargo, kill, hold, advisory, correct, update; "" when it is a line like any other."""
    return taken(line)[0]


def taken(line: str) -> tuple[str, str]:
    """What a line orders, and what it says besides."""
    told = normalize("NFKC", line[:LONGEST])
    if found := EMBARGO.match(told):
        return ("", told) if LIFTED.search(told) else ("embargo", told[found.end() :])
    for kind in ENGLISH:
        if found := SET_OFF[kind].match(told) or HEADED[kind].match(told) or shouted(kind, told):
            return kind, told[found.end() :].strip(SIGNS)
    return "", told


def shouted(kind: str, told: str) -> re.Match[str] | None:
    found = SHOUTED[kind].match(told)
    return found if found and found[0].isupper() else None


def keyword(word: str) -> str:
    """What a keyword by itself orders."""
    told = normalize("NFKC", word).strip()
    return next((kind for kind, known in WHOLE.items() if known.fullmatch(told)), "")


def ending(line: str, issued: datetime | None) -> datetime | None:
    """When the embargo that a line orders ends. One that ends on a day, at no hour of it, has no end that could be kept."""
    begun = EMBARGO.match(line)
    rest = line[begun.end() :] if begun else line
    found = FIRST.search(rest)
    told = rest[found.start() :].rstrip(" .。】])>」") if found else ""
    return spoken(told, issued, JAPAN if EAST_ASIAN.search(line) else UTC) if has_time(told) else None
