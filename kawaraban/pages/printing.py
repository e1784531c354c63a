"""The only signal file: what the desk's doings mean for the pages."""

from typing import Any

from wagtail.signals import page_published

from kawaraban.desk.actions.place import place
from kawaraban.desk.models import Article


def file_under_its_month(sender: type, instance: Article, **more: Any) -> None:
    place(instance)


def listen() -> None:
    page_published.connect(file_under_its_month, sender=Article, dispatch_uid="kawaraban.file_under_its_month")
