"""What an item shows of a version: the fields of WireItem that its newest version decides. Pure."""

from datetime import datetime
from typing import Any

from kawaraban.wires.copy import Copy
from kawaraban.wires.corrections import correction_of
from kawaraban.wires.identity import fingerprint
from kawaraban.wires.models import WireItem
from kawaraban.wires.records import plain

SHORT, NAME, LANGUAGE, ADDRESS = 255, 80, 12, 500
# What a kill tells of the item that it kills: it may come without a text, or with another.
TOLD_BY_A_KILL = ("version", "editorial_note", "received", "updated")
# A killed item keeps none of its text here.
TEXTS = ("headline", "slugline", "byline", "dateline", "body", "credit", "usage_terms", "notice", "notice_text", "address")


def face(copy: Copy, received_at: datetime, *, agency: str, language: str) -> dict[str, Any]:
    """agency, language: of the source, for a copy that tells none."""
    correction, prints = correction_of(copy), fingerprint(copy)
    return {
        "version": copy.version,
        "agency": (copy.agency or agency)[:NAME],
        "headline": headline(copy)[:SHORT],
        "slugline": copy.slugline[:SHORT],
        "byline": copy.byline[:SHORT],
        "dateline": copy.dateline[:SHORT],
        "body": copy.body_text,
        "language": code(copy.language or language),
        "urgency": copy.urgency,
        "subjects": [plain(subject) for subject in copy.subjects],
        "credit": copy.copyright[:SHORT],
        "usage_terms": copy.usage_terms,
        "editorial_note": copy.editorial_note,
        "address": copy.address if len(copy.address) <= ADDRESS else "",
        "notice": WireItem.Notice.CORRECTION if correction.is_asked else WireItem.Notice.NONE,
        "notice_text": correction.text,
        "corrected_at": (copy.updated or received_at) if correction.is_asked else None,
        "published": copy.published or received_at,
        "updated": copy.updated,
        "received": received_at,
        "embargoed_until": copy.embargoed_until,
        "address_digest": prints.address,
        "title_digest": prints.title,
        "text_digest": prints.text,
    }


def headline(copy: Copy) -> str:
    """Its own; else its first words."""
    return copy.headline or copy.body_text.partition("\n")[0] or copy.slugline


def code(language: str) -> str:
    return language if len(language) <= LANGUAGE else language.partition("-")[0][:LANGUAGE]
