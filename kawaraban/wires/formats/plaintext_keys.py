"""The keys and words of plain text's header block, English and Japanese. Case, spaces and full width make no difference."""

import re
from collections.abc import Mapping
from typing import TypeVar
from unicodedata import normalize

from kawaraban.wires.copy import Relation, Status

Meaning = TypeVar("Meaning")
BLANKS = re.compile(r"[\s_-]+")

KEYS = {
    "guid": "guid, id, identifier, item id, 記事番号, 記事ID, 管理番号",
    "version": "version, revision, 版, 版数",
    "status": "status, 状態, ステータス",
    "headline": "headline, title, 見出し, 表題, タイトル",
    "slugline": "slug, slugline, スラグ",
    "byline": "byline, by, author, 署名, 筆者, 記者",
    "dateline": "dateline, 発信地",
    "language": "language, lang, 言語",
    "urgency": "urgency, priority, 緊急度, 優先度",
    "published": "published, date, sent, 配信日時, 配信, 発信日時, 日時",
    "updated": "updated, modified, 更新日時, 更新",
    "embargoed_until": "embargo, embargoed until, release, 解禁, 解禁日時, 解禁時刻, 報道解禁",
    "agency": "agency, source, 通信社, 配信元, 提供",
    "copyright": "copyright, 著作権",
    "usage_terms": "usage, usage terms, terms, 使用条件, 利用条件",
    "editorial_note": "note, editorial note, ednote, 編集注, 編集メモ, 備考, 連絡",
    "subjects": "subjects, subject codes, category, categories, section, keywords, 分野, ジャンル, カテゴリ, キーワード",
    "places": "place, places, location, 場所, 地名",
    "people": "person, people, 人名, 人物",
    "picture": "picture, photo, image, 写真, 画像",
    "caption": "caption, 写真説明, 画像説明",
    "credit": "credit, 写真提供, 撮影",
    "updates": "updates, replaces, supersedes, 差し替え, 差替",
    "corrects": "corrects, correction, 訂正",
    "kills": "kills, kill, 取消, 取り消し, 配信取消",
    "see_also": "see also, related, 関連, 関連記事",
    "address": "url, address, link, 掲載先",
    "body": "body, text, 本文",  # ends the block: what follows is text
}
# What the value of each tells, for the reference page.
TELLS = {
    "guid": "What the item is known by. Without one it is known by its headline and date, which then must be there.",
    "version": "A number, or 最終 or final. 1 when it is left out.",
    "status": "One of the words below; any other word withholds the item.",
    "headline": "The headline. An order such as 解禁 or KILL that an agency writes into it is obeyed.",
    "slugline": "The agency's short name for the story.",
    "byline": "Who wrote it.",
    "dateline": "Where it was written.",
    "language": "A tag such as `ja` or `en-GB`, or a name below. Found from the text when it is left out.",
    "urgency": "1, the most urgent, to 9, or a word below. 5 when it is left out.",
    "published": "When it was sent. A moment without a zone is Japan's when key or value are Japanese, else UTC.",
    "updated": "When it was changed.",
    "embargoed_until": "Until when no reader may see it. An end that can't be read, or that has no time of day, withholds the item.",
    "agency": "Who sends it. The source's agency when it is left out.",
    "copyright": "Whose it is.",
    "usage_terms": "What may be done with it; the key may be there several times.",
    "editorial_note": "For the desk alone; the key may be there several times.",
    "subjects": "A list: codes such as `medtop:04000000 経済`, or words.",
    "places": "A list of places.",
    "people": "A list of people.",
    "picture": "An address on the web, or the name of a file that came with it; once for each picture.",
    "caption": "Of the picture above.",
    "credit": "Of the picture above.",
    "updates": "Identifiers of the items that it takes the place of. What is said in words becomes a note.",
    "corrects": "Identifiers of the items that it corrects. What is said in words becomes a note.",
    "kills": "Identifiers of the items that must not be used any more. The message itself is never shown.",
    "see_also": "Identifiers of related items.",
    "address": "Of the item at the agency.",
    "body": "Ends the block as an empty line does: what follows it is the text.",
}
STATUSES = {
    Status.USABLE: "usable, ok, public, 使用可, 配信, 公開, 通常",
    Status.CANCELED: "canceled, cancelled, killed, kill, withdrawn, 取消, 取り消し, 配信取消",
}  # any other word: withheld
URGENCIES = {
    1: "flash, フラッシュ, 番外",
    2: "bulletin, 速報, 特急",
    3: "urgent, high, 至急, 緊急, 高",
    5: "normal, regular, routine, 普通, 通常, 中",
    7: "low, deferred, 低",
}
LANGUAGES = {
    "ja": "japanese, 日本語",
    "en": "english, 英語",
    "zh": "chinese, 中国語",
    "ko": "korean, 韓国語",
    "fr": "french, フランス語",
    "de": "german, ドイツ語",
}
NONE = "none, no, false, immediate, lifted, なし, 無し, 無, 即時, 解禁済, 解禁済み, -"
RELATIONS = {"updates": Relation.UPDATES, "corrects": Relation.CORRECTS, "kills": Relation.KILLS, "see_also": Relation.SEE_ALSO}


def spelt(word: str) -> str:
    return BLANKS.sub("", normalize("NFKC", word[:200]).casefold())


def meanings(words: Mapping[Meaning, str]) -> dict[str, Meaning]:
    return {spelt(word): meaning for meaning, several in words.items() for word in several.split(", ")}


FIELD_OF, STATUS_OF, URGENCY_OF, LANGUAGE_OF = meanings(KEYS), meanings(STATUSES), meanings(URGENCIES), meanings(LANGUAGES)
NOTHING = {spelt(word) for word in NONE.split(", ")} | {""}
