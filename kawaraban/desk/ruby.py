"""Ruby in plain text, written as Aozora Bunko does: ｜汐見《しおみ》, or 汐見《しおみ》 after a run of kanji."""

import re

GROUP = re.compile(r"(?:｜(?P<marked>[^｜《》\n]{1,30})|(?P<kanji>[々〇\u3400-\u9fff\U00020000-\U0003ffff]{1,20}))《(?P<reading>[^《》\n]{1,40})》")


def base_of(group: re.Match[str]) -> str:
    return group["marked"] or group["kanji"]


def without_ruby(text: str) -> str:
    """The text alone, for attributes, feeds, metadata and the index."""
    return GROUP.sub(base_of, text)


def readings(text: str) -> list[str]:
    """What stands in the ruby of a text."""
    return [group["reading"] for group in GROUP.finditer(text)]
