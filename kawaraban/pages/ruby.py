"""Ruby in plain text, written as Aozora Bunko does: ｜汐見《しおみ》, or 汐見《しおみ》 after a run of kanji."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

GROUP = re.compile(r"(?:｜(?P<marked>[^｜《》\n]{1,30})|(?P<kanji>[々〇\u3400-\u9fff\U00020000-\U0003ffff]{1,20}))《(?P<reading>[^《》\n]{1,40})》")

TAG = re.compile(r"(<[^>]*>)")


def base_of(group: re.Match[str]) -> str:
    return group["marked"] or group["kanji"]


def without_ruby(text: str) -> str:
    """The text alone, for attributes, feeds and metadata."""
    return GROUP.sub(base_of, text)


def with_ruby(html: str) -> SafeString:
    """HTML with the ruby groups of its text as <ruby>; tags stay as they are. The HTML is trusted: escape plain text first."""
    return mark_safe("".join(piece if piece.startswith("<") else GROUP.sub(marked_up, piece) for piece in TAG.split(html)))  # noqa: S308


def marked_up(group: re.Match[str]) -> str:
    return f"<ruby>{base_of(group)}<rp>（</rp><rt>{group['reading']}</rt><rp>）</rp></ruby>"


def ruby_text(text: str) -> SafeString:
    return with_ruby(escape(text))
