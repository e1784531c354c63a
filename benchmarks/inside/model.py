"""The articles that all others are made like: one value each, kept beside the database."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from benchmarks.inside.prose import Prose, prose
from kawaraban.conf import Configuration
from kawaraban.desk.clock import local
from kawaraban.pages import when
from kawaraban.pages.heads import absolute
from kawaraban.pages.phrases import broken_at_phrases
from kawaraban.pages.reading import seal

MONTHS_DAYS = 720
FIRST_NUMBER = 100_000_000  # the models' own numbers: no other article has them


@dataclass(frozen=True)
class Model:
    key: int  # of its page
    number: int  # what its text is made from
    address: str
    moment: datetime
    section: str  # slug
    section_key: int
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class Models:
    now: datetime
    first_key: int  # article n has the key first_key + n
    models: tuple[Model, ...]

    def of(self, number: int) -> Model:
        return self.models[number % len(self.models)]

    def moment(self, number: int) -> datetime:
        """When an article is published: spread over two years, more than a day ago."""
        minutes = number * 2_654_435_761 % (MONTHS_DAYS * 1440)
        return self.now - timedelta(days=1, minutes=minutes)

    def month(self, number: int) -> str:
        return f"{local(self.moment(number)):%Y-%m}"

    def address(self, number: int) -> str:
        return f"/{self.of(number).section}/{self.month(number)}/{slug(number)}"


def slug(number: int) -> str:
    return f"a{number:07d}"


def file_of(found: Configuration) -> Path:
    return found.data / "models.json"


def write(found: Configuration, models: Models) -> None:
    file_of(found).write_text(json.dumps(asdict(models), default=str), encoding="utf-8")


def read(found: Configuration) -> Models:
    told = json.loads(file_of(found).read_text(encoding="utf-8"))
    models = tuple(
        Model(**{**model, "moment": datetime.fromisoformat(model["moment"]), "lengths": tuple(model["lengths"])}) for model in told["models"]
    )
    return Models(datetime.fromisoformat(told["now"]), told["first_key"], models)


def values(told: Prose, moment: datetime, address: str, key: int) -> dict[str, str]:
    """What stands on the page of an article and on no other, as the page writes it."""
    found = {
        "headline": told.headline,
        "headline quoted": quote(told.headline, safe=""),
        "headline broken": str(broken_at_phrases(told.headline)),
        "lead": told.lead,
        "address": address,
        "address quoted": quote(absolute(address), safe=""),
        "date": when.article_date(moment),
        "iso date": when.iso(moment),
        "seal": seal(key),
    }
    return found | {f"paragraph {place}": text for place, text in enumerate(told.paragraphs)}


def values_of(models: Models, number: int) -> dict[str, str]:
    model = models.of(number)
    return values(prose(number, model.lengths), models.moment(number), models.address(number), models.first_key + number)


def values_of_model(model: Model) -> dict[str, str]:
    return values(prose(model.number, model.lengths), model.moment, model.address, model.key)
