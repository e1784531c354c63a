"""What tests of the press do to a magazine."""

import pytest

from kawaraban.demo import builders
from kawaraban.desk.models import Article, Section
from kawaraban.pages import printer as printers
from kawaraban.pages import printing, verifying
from kawaraban.pages.printer import Printer, seconds


def settle(press: Printer) -> int:
    """What the worker does until nothing is left; how many it printed."""
    printing.tell_changes(press)
    return press.work_off(seconds(60))


def marked(press: Printer) -> set[str]:
    printing.tell_changes(press)
    return {address for _, address in press.edition.due(1000)}


def publish(page: Article) -> None:
    page.save_revision().publish()


def article(title: str, section: Section, slug: str, **more: object) -> Article:
    return builders.make_article(title, slug=slug, section=section, **more)


def reprint_faults(press: Printer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(printers, "_printers", [press])
    return verifying.verify(lambda _: None).faults
