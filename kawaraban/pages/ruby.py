"""Ruby as readers see it."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kawaraban.desk.ruby import GROUP, base_of, without_ruby

__all__ = ["GROUP", "base_of", "ruby_text", "with_ruby", "without_ruby"]

TAG = re.compile(r"(<[^>]*>)")


def with_ruby(html: str) -> SafeString:
    """HTML with the ruby groups of its text as <ruby>; tags stay as they are. The HTML is trusted: escape plain text first."""
    return mark_safe("".join(piece if piece.startswith("<") else GROUP.sub(marked_up, piece) for piece in TAG.split(html)))  # noqa: S308


def marked_up(group: re.Match[str]) -> str:
    return f"<ruby>{base_of(group)}<rp>（</rp><rt>{group['reading']}</rt><rp>）</rp></ruby>"


def ruby_text(text: str) -> SafeString:
    return with_ruby(escape(text))
