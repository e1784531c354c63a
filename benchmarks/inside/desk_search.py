"""What the desk's search costs in a home of many articles: search box, choosers, reports, and a save. Seconds, the slowest of some."""

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.contrib.auth import get_user_model
from django.test import Client

from kawaraban.desk.models import Article
from kawaraban.search import site

TIMES = 3
QUERIES = ("灯", "灯台", "経済", "海の道", "島 港", "harbour", "とうだい")
PLACES = {
    "search box": "/desk/pages/search/?q={}",
    "page chooser": "/desk/choose-page/search/?page_type=desk.article&q={}",
    "picture chooser": "/desk/images/chooser/results/?q={}",
    "report": "/desk/reports/aging-pages/?q={}",
}


def tell(file: Path) -> None:
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(get_user_model().objects.filter(is_superuser=True).first())
    found = {f"{name}: {query}": slowest(partial(asked, client, place.format(query))) for name, place in PLACES.items() for query in QUERIES}
    found |= {f"readers: {query}": slowest(partial(site.find, query)) for query in QUERIES}
    found["save"] = slowest(save)
    file.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def slowest(task: Callable[[], object]) -> float:
    task()
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        task()
        taken.append(time.perf_counter() - began)
    return round(max(taken), 4)


def asked(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")


def save() -> None:
    article = Article.objects.order_by("-pk").first()
    article.title = f"{article.title[:20]}{time.monotonic_ns() % 1000}"
    article.save_revision().publish()
