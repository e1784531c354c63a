import json
import zipfile
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO

import pytest

from kawaraban.wires import reading
from kawaraban.wires.allowance import granted, spend
from kawaraban.wires.copy import Partly, Unreadable
from kawaraban.wires.formats import FORMATS
from kawaraban.wires.limits import MARKUP

HTML = "<p>港</p>" * (MARKUP // 5)  # of two payloads like it only two texts can be read
LINES = "a\n" * (MARKUP // 4)
NEWSML = "<NewsItem><Identification><NewsIdentifier><NewsItemId>{}</NewsItemId></NewsIdentifier></Identification>{}</NewsItem>"
CONTENT = "<NewsComponent><ContentItem><MimeType FormalName='text/html'/><Encoding Notation='base64'><DataContent>{}</DataContent></Encoding>"
CONTENT += "</ContentItem></NewsComponent>"


def json_feed(*texts: str) -> bytes:
    items = [{"id": str(number), "content_html": text} for number, text in enumerate(texts)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "潮見", "items": items}).encode()


def newsml(*texts: str) -> bytes:
    """Texts that the document's own bytes don't show."""
    items = (NEWSML.format(number, CONTENT.format(b64encode(text.encode()).decode())) for number, text in enumerate(texts))
    return f"<NewsML>{''.join(items)}</NewsML>".encode()


def feed(*texts: str) -> bytes:
    """Each text is a line for each of its signs, over which feedparser takes long."""
    items = (f"<item><guid>{number}</guid><description>{text.replace(HTML, LINES)}</description></item>" for number, text in enumerate(texts))
    return f'<rss version="2.0"><channel>{"".join(items)}</channel></rss>'.encode()


def zipped(*texts: str) -> bytes:
    with zipfile.ZipFile(packed := BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number}.json", json_feed(text).replace(b'"id": "0"', f'"id": "{number}"'.encode()))
    return packed.getvalue()


def test_texts_share_what_is_granted() -> None:
    with granted(3):
        spend("<p>")
        with pytest.raises(Unreadable, match="more than"):
            spend("&amp;\n\n")
        with granted(100):
            spend("\n<")
            with pytest.raises(Unreadable):
                spend("\n")
        spend("text")


def test_nothing_is_counted_elsewhere() -> None:
    spend("<" * 2 * MARKUP)


@pytest.mark.slow
@pytest.mark.parametrize("made", [json_feed, newsml, feed, zipped])
def test_payload_of_texts_that_are_nothing_but_tags(made: Callable[..., bytes]) -> None:
    with pytest.raises(Partly, match="more than 300000 tags") as partly:
        reading.read(made(HTML, HTML, HTML, "町"))
    assert [copy.guid for copy in partly.value.read] == ["0", "1", "3"]


@pytest.mark.slow
def test_format_that_is_named_grants_no_more() -> None:
    with pytest.raises(Partly):
        FORMATS["jsonfeed"].read(json_feed(HTML, HTML, HTML))
    assert len(FORMATS["jsonfeed"].read(json_feed(HTML, HTML))) == 2
