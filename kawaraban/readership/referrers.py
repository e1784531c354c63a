"""How a reader came to an article: only the kind is kept."""

from functools import lru_cache

from kawaraban.readership.verdicts import Referrer

# Names that stand under many ends: google.com, google.co.jp
SEARCH = frozenset(
    ("google", "bing", "yahoo", "duckduckgo", "baidu", "yandex", "ecosia", "startpage", "qwant", "naver", "sogou", "kagi", "mojeek", "perplexity")
)
SOCIAL = frozenset(
    ("facebook", "twitter", "instagram", "threads", "hatena", "linkedin", "reddit", "pinterest", "youtube", "tiktok", "mastodon", "mixi", "tumblr")
)
SEARCH_DOMAINS = frozenset(("search.brave.com", "search.goo.ne.jp", "search.daum.net", "so.com", "com.google.android.googlequicksearchbox"))
SOCIAL_DOMAINS = frozenset(
    (
        *("t.co", "x.com", "fb.me", "fb.com", "lm.facebook.com", "b.hatena.ne.jp", "youtu.be", "lnkd.in", "bsky.app", "line.me", "note.com", "t.me"),
        *("vk.com", "weibo.com", "misskey.io", "mstdn.jp", "discord.com", "whatsapp.com", "telegram.org", "slack.com", "com.twitter.android"),
    )
)
NO_SEARCH = frozenset(("mail", "docs", "drive", "sites", "accounts", "calendar", "chat", "meet", "groups", "news"))  # of those that search
SECOND_LEVELS = frozenset(("co", "com", "ne", "or", "ac", "go", "net", "org", "gr", "ad", "ed", "lg"))


@lru_cache(2000)
def kind(host: str, own: str) -> Referrer:
    """host: of document.referrer, empty when there is none. own: the site's."""
    host = host.lower().rstrip(".").removeprefix("www.")
    if not host:
        return Referrer.DIRECT
    if host == own.lower().removeprefix("www."):
        return Referrer.INTERNAL
    labels = host.split(".")
    domains = {".".join(labels[place:]) for place in range(len(labels))}
    name = organisation(labels)
    if domains & SOCIAL_DOMAINS or name in SOCIAL:
        return Referrer.SOCIAL
    if domains & SEARCH_DOMAINS or (name in SEARCH and labels[0] not in NO_SEARCH):
        return Referrer.SEARCH
    return Referrer.OTHER


def organisation(labels: list[str]) -> str:
    """yahoo of search.yahoo.co.jp: the label under which others are registered."""
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVELS:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else ""
