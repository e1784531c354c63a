"""What OpenSearch is asked, by a small server of our own that notes it: the same words as in the database, split at blanks alone."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from modelsearch.backends import get_search_backend

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Front
from kawaraban.search import rewording

PREFIX = "shiomi_"


class Server(HTTPServer):
    """Answers as OpenSearch would with one hit, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked: list[tuple[str, str, str]] = []
        self.hits: list[int] = []

    def bodies(self, method: str, path: str) -> list[dict]:
        return [json.loads(body) for how, where, body in self.asked if (how, where) == (method, path)]


class Asked(BaseHTTPRequestHandler):
    server: Server

    def answer(self) -> None:
        path, body = self.path.partition("?")[0], self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.asked.append((self.command, path, body))
        hits = [{"_id": str(key), "_score": 1.0, "fields": {"pk": [str(key)]}} for key in self.server.hits]
        told = {"count": len(hits), "hits": {"hits": hits}, "errors": False, "items": [], "acknowledged": True}
        sent = json.dumps(told).encode()
        self.send_response(404 if self.command == "HEAD" else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(sent)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 - names of http.server

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as found:
        thread = threading.Thread(target=found.serve_forever, args=(0.01,))
        thread.start()
        yield found
        found.shutdown()
        thread.join()


@pytest.fixture
def article(front: Front, server: Server, settings, monkeypatch: pytest.MonkeyPatch) -> Article:
    monkeypatch.setattr(rewording, "is_done", lambda: True)
    made = builders.make_article("渡邊首相の経済制裁", slug="north", deck="Servers")
    url = f"http://127.0.0.1:{server.server_port}"
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "kawaraban.search.opensearch", "URLS": [url], "INDEX_PREFIX": PREFIX}}
    server.hits = [made.pk]
    return made


def test_index_splits_at_blanks_alone(article: Article, server: Server) -> None:
    backend = get_search_backend()
    index = backend.get_index_for_model(Article)
    index.put()
    index.add_model(Article)
    (made,) = server.bodies("PUT", f"/{PREFIX}wagtailcore_page")
    assert made["settings"]["analysis"]["analyzer"]["default"] == {"type": "custom", "tokenizer": "whitespace"}
    (mapping,) = server.bodies("PUT", f"/{PREFIX}wagtailcore_page/_mapping")
    assert mapping["properties"]["_edgengrams"]["search_analyzer"] == "default"


def test_document_is_worded(article: Article, server: Server) -> None:
    get_search_backend().get_index_for_model(Article).add_items(Article, [article])
    (sent,) = [body for how, where, body in server.asked if where.endswith("/_bulk")]
    document = json.loads(sent.splitlines()[1])
    assert {"首相", "経済", "制裁", "渡辺"} <= set(document["title"].split())
    assert "server" in document["desk_article__deck"].split()
    assert document["_edgengrams"][0] == document["title"]
    assert document["live_filter"] is True


def test_query_is_worded(article: Article, server: Server) -> None:
    assert [found.pk for found in get_search_backend().search("首相の経済", Article)] == [article.pk]
    (asked,) = server.bodies("POST", f"/{PREFIX}wagtailcore_page/_search")
    told = json.dumps(asked["query"]["bool"]["must"], ensure_ascii=False)
    assert '"query": "首相 経済"' in told
    assert '"operator": "and"' in told


def test_typing_is_worded(article: Article, server: Server) -> None:
    assert [found.pk for found in get_search_backend().autocomplete("渡邊", Article)] == [article.pk]
    (asked,) = server.bodies("POST", f"/{PREFIX}wagtailcore_page/_search")
    told = json.dumps(asked["query"]["bool"]["must"], ensure_ascii=False)
    assert "_edgengrams" in told
    assert "渡辺" in told


def test_what_says_nothing_finds_nothing_and_is_no_error(article: Article, server: Server) -> None:
    list(get_search_backend().search("？", Article))
    (asked,) = server.bodies("POST", f"/{PREFIX}wagtailcore_page/_search")
    assert "must_not" in json.dumps(asked["query"])


def test_saving_goes_on_while_it_does_not_answer(front: Front, settings) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "kawaraban.search.opensearch", "URLS": ["http://127.0.0.1:9"], "INDEX_PREFIX": PREFIX}}
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    assert builders.make_article("首相", slug="north").pk
