"""What readers ask the archive, in the one form that its answers are kept under."""

from urllib.parse import unquote_plus, urlencode

from kawaraban.newsstand.http import CONTROL, TooLong

PAGE, FEED, SUGGEST = "/search", "/search/feed", "/search/suggest"
NARROWED = ("q", "kind", "section", "topic", "author", "from", "until")
# Path → the parameters that mean something there, in their order.
PARAMETERS = {PAGE: (*NARROWED, "order", "page"), FEED: NARROWED, SUGGEST: ("q",)}
LONGEST_QUERY = 20_000  # characters as they were sent
LONGEST_TEXT = {PAGE: 501, FEED: 501, SUGGEST: 61}  # one more than is answered, so that the desk can say that it is too many
LONGEST_VALUE = 80
MOST_PAIRS = 50


def canonical(path: str, query: str) -> str:
    """The query in the form that is the same for all that ask the same. Raises TooLong.

    What is encoded wrongly, half surrogates among it, and control characters become blanks; what means nothing is left out.
    """
    if len(query) > LONGEST_QUERY:
        raise TooLong
    asked: dict[str, str] = {}
    for pair in query.split("&", MOST_PAIRS)[:MOST_PAIRS]:
        name, _, value = pair.partition("=")
        if name in PARAMETERS[path]:
            text = " ".join(CONTROL.sub(" ", unquote_plus(value, errors="replace")).split())
            if text:
                asked[name] = text[: LONGEST_TEXT[path] if name == "q" else LONGEST_VALUE].rstrip()
    return urlencode([(name, asked[name]) for name in PARAMETERS[path] if name in asked])
