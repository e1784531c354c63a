"""What an editor's browser has and sends, prepared for a flow that clicks."""

import json
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from benchmarks.inside.model import Models
from benchmarks.inside.prose import prose
from kawaraban.desk.clock import local
from kawaraban.desk.models import Article, Author, Byline, Picture, Section

FIRST_CLICKED = 400_000_000
LENGTHS = (220, 180, 260, 240, 200, 260)


def prepare(models: Models, count: int, file: Path) -> None:
    """Writes, as JSON: the cookie of a signed-in editor, the desk's heaviest pages, and forms that publish an article each."""
    editor = get_user_model().objects.create_superuser("bench", "bench@bench.example", "bench")
    client = Client()
    client.force_login(editor)
    told = {
        "cookie": [settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value],
        "csrf": settings.CSRF_COOKIE_NAME,
        "pages": pages(models),
        "forms": [form(number) for number in range(count)],
    }
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def pages(models: Models) -> dict[str, str]:
    chooser = reverse("wagtailadmin_choose_page")
    month = Article.objects.get(pk=models.first_key).get_parent()
    listing = reverse("articles:index")
    headline = Article.objects.get(pk=models.first_key + 1).title
    return {
        "article listing": listing,
        "its search": f"{listing}?q={quote(headline[:6])}",
        "page chooser": f"{chooser}?page_type=desk.article",
        "page chooser in a month": reverse("wagtailadmin_choose_page_child", args=(month.pk,)) + "?page_type=desk.article",
        "chooser's search": reverse("wagtailadmin_choose_page_search") + f"?page_type=desk.article&q={quote(headline[:6])}",
        "editor": reverse("wagtailadmin_pages:edit", args=(models.first_key,)),
    }


def form(number: int) -> dict[str, object]:
    told, slug = prose(FIRST_CLICKED + number, LENGTHS), f"clicked-{number:04d}"
    sections = list(Section.objects.shown().order_by("path"))
    section = sections[number % len(sections)]
    sent = nested_form_data(
        {
            "kicker": "航路",
            "title": told.headline,
            "deck": "",
            "original_title": "",
            "original_language": "",
            "original_address": "",
            "lead": told.lead,
            "picture": str(Picture.objects.first().pk),
            "picture_caption": "",
            "body": streamfield([("paragraph", rich_text(f"<p>{text}</p>")) for text in told.paragraphs]),
            "bylines": inline_formset([{"author": str(Author.objects.first().pk), "role": Byline.objects.first().role}]),
            "author_note": "",
            "section": str(section.pk),
            "topics": [],
            "picks": inline_formset([]),
            "sponsor": "",
            "published_at": "",
            "slug": slug,
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            "action-publish": "action-publish",
        }
    )
    return {
        "to": reverse("wagtailadmin_pages:add", args=("desk", "article", section.pk)),
        "fields": {name: value for name, value in sent.items() if value != []},
        "headline": told.headline,
        "address": f"{section.address}/{local(timezone.now()):%Y-%m}/{slug}",
        "slug": slug,
    }
