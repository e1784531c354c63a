"""Samples of the wires' formats: `<name>.<ext>`, and beside it `<name>.expected.json`, the copies that it must become."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from kawaraban.wires.copy import Copy, Link, Media, Relation, Subject

SAMPLES = Path(__file__).parents[2] / "samples" / "wires"
EXPECTED = ".expected.json"
UNTOLD = Copy(format="", guid="")
PARTS = {"subjects": Subject("", ""), "media": Media(""), "links": Link(Relation.SEE_ALSO, "")}


def as_json(copy: Copy) -> dict[str, Any]:
    """All fields of a copy as JSON knows them: moments in ISO 8601 with their zone, content as its length."""
    found: dict[str, Any] = json.loads(json.dumps(asdict(copy), default=plain))
    return found


def plain(value: object) -> str | int:
    return value.isoformat() if isinstance(value, datetime) else len(value) if isinstance(value, bytes) else str(value)


def samples(*formats: str) -> list[Path]:
    """The samples of some formats, for `parametrize("sample", samples("nitf"), ids=named)`."""
    found = [path for name in formats for path in sorted((SAMPLES / name).iterdir()) if not path.name.endswith(EXPECTED)]
    assert found, f"{formats} have no samples"
    return found


def named(sample: Path) -> str:
    return f"{sample.parent.name}-{sample.stem}"


def expected(sample: Path) -> list[dict[str, Any]]:
    """What lies beside a sample; fields that it leaves out are those of a copy that tells nothing."""
    return [whole(told) for told in json.loads(sample.with_name(sample.stem + EXPECTED).read_text(encoding="utf-8"))]


def whole(told: dict[str, Any]) -> dict[str, Any]:
    filled = as_json(UNTOLD) | told
    for field, empty in PARTS.items():
        blank = json.loads(json.dumps(asdict(empty), default=plain))
        filled[field] = [blank | part for part in filled[field]]
        assert all(set(part) == set(blank) for part in filled[field]), f"unknown names in {field}"
    assert set(filled) == set(as_json(UNTOLD)), f"unknown names: {set(filled) - set(as_json(UNTOLD))}"
    return filled
