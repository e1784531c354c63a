"""What is answered when no printed page is there to say it."""

from kawaraban.newsstand.answers import OTHER, Answer
from kawaraban.newsstand.http import NOTHING_ALLOWED, SECURITY
from kawaraban.newsstand.rsgi import Header

SENTENCES = {
    400: ("この要求は読み取れませんでした。", "This request could not be read."),
    404: ("お探しのページは見つかりませんでした。アドレスをご確認ください。", "There is no page at this address. Please check the address."),
    405: ("このアドレスではその操作はできません。", "This address does not take that method."),
    408: ("送信に時間がかかりすぎました。もう一度お試しください。", "The form took too long to arrive. Please send it again."),
    413: ("送信された内容が大きすぎます。", "What was sent is too large."),
    414: ("アドレスが長すぎます。", "The address is too long."),
    429: (
        "短い時間に検索が続いたため、少しお待ちいただいてから、もう一度お試しください。",
        "These were many searches in a short time. Please wait a moment and try again.",
    ),
    500: (
        "ただいまページを表示できません。しばらくしてからもう一度お試しください。",
        "This page can't be shown just now. Please try again in a moment.",
    ),
    503: (
        "ただいまページを準備できません。しばらくしてからもう一度お試しください。",
        "This page can't be prepared just now. Please try again in a moment.",
    ),
}
HTML = """<!doctype html>
<html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{status}</title>
<h1>{status}</h1><p>{japanese}</p><p lang="en">{english}</p></html>
"""


def notice(status: int, *more: Header, kind: str = OTHER) -> Answer:
    """A small page in both languages. It is not kept by anyone, unless a header among `more` says otherwise."""
    japanese, english = SENTENCES[status]
    body = HTML.format(status=status, japanese=japanese, english=english).encode()
    headers = [("content-type", "text/html; charset=utf-8"), NOTHING_ALLOWED, *SECURITY, *more]
    if not any(name == "cache-control" for name, _ in more):
        headers.append(("cache-control", "public, max-age=1" if status in (404, 410) else "no-store"))
    return Answer(status, headers, body, kind)


def plain(status: int, text: str, kind: str = OTHER, mime: str = "text/plain; charset=utf-8") -> Answer:
    """A line for programs."""
    headers = [("content-type", mime), ("cache-control", "no-store"), NOTHING_ALLOWED, *SECURITY]
    return Answer(status, headers, text.encode(), kind)
