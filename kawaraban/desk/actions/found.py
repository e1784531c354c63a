from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from kawaraban.desk.actions.groups import set_up_groups
from kawaraban.desk.models import Authors, Front, Issues, Mooks, Topics

CONTAINERS = [
    (Topics, "トピック・連載", "topics"),
    (Authors, "筆者", "authors"),
    (Issues, "雑誌バックナンバー", "magazine"),
    (Mooks, "ムック・別冊", "mooks"),
]


@transaction.atomic
def found(name: str) -> Front:
    """The magazine's front page with its lists of topics, authors, issues and mooks; made on the first call."""
    front = Front.objects.first() or founded(name)
    for kind, title, slug in CONTAINERS:
        if not kind.objects.child_of(front).exists():
            front.add_child(instance=kind(title=title, slug=slug))
    answer_at_configured_address(front)
    return front


def follow_configuration() -> None:
    """Called when the desk starts: its links to reader pages go where kawaraban.toml says. Nothing in a home not founded."""
    if front := Front.objects.first():
        answer_at_configured_address(front)


def founded(name: str) -> Front:
    set_up_groups()
    root = Page.get_first_root_node()
    front = root.add_child(instance=Front(title=name, slug="front"))
    Site.objects.all().delete()
    for welcome in root.get_children().exclude(pk=front.pk):
        welcome.delete()
    return front


def answer_at_configured_address(front: Front) -> None:
    """Makes Wagtail's one site the address that kawaraban.toml and the environment give."""
    address = urlsplit(settings.KAWARABAN.readers_address)
    port = address.port or (443 if address.scheme == "https" else 80)
    wanted = {"hostname": address.hostname, "port": port, "root_page_id": front.pk, "site_name": front.title, "is_default_site": True}
    if not Site.objects.filter(**wanted).exists():
        Site.objects.update_or_create(is_default_site=True, defaults=wanted)
