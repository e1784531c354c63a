"""The demo edition's text: TOML files, and the light markup of article bodies. Pure."""

import re
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

TEXT = Path(__file__).parent / "text"
LINE_OF_ITS_OWN = re.compile(r"^(---|## .+|=> .+|@embed .+|!\[.+)$", re.M)
Block = dict[str, Any]


def table(name: str) -> dict[str, Any]:
    """One file of the edition, such as `issues` or `articles/world/tide-table`."""
    return tomllib.loads((TEXT / f"{name}.toml").read_text(encoding="utf-8"))


def articles() -> list[dict[str, Any]]:
    """Every article's table with its section's slug, oldest first: what is picked or linked may come later."""
    found = [
        {**tomllib.loads(file.read_text(encoding="utf-8")), "section": file.parent.name} for file in sorted((TEXT / "articles").glob("*/*.toml"))
    ]
    return sorted(found, key=lambda entry: -entry["age_hours"])


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a body: type and value, where a link's value names a slug and a picture's a motif."""
    for part in re.split(r"\n\s*\n", LINE_OF_ITS_OWN.sub(r"\n\1\n", text).strip()):
        yield block(part.strip())


def block(part: str) -> Block:
    if part == "---":
        return {"type": "page_break", "value": None}
    if part.startswith("## "):
        return {"type": "subheading", "value": part[3:].strip()}
    if part.startswith(">"):
        return quotation(part)
    if part.startswith("=> "):
        label, slug = (piece.strip() for piece in part[3:].split("|"))
        return {"type": "related", "value": {"label": label, "slug": slug}}
    if found := re.match(r"!\[(?P<motif>[^\]]+)\] *(?P<alt>[^|]+)\|(?P<caption>[^|]+)\|(?P<credit>.+)$", part, re.S):
        return {"type": "picture", "value": {name: value.strip() for name, value in found.groupdict().items()}}
    if part.startswith("@embed "):
        address, title = (piece.strip() for piece in part[7:].split("|"))
        return {"type": "embed", "value": {"address": address, "title": title}}
    return {"type": "paragraph", "value": f"<p>{inline(part)}</p>"}


def quotation(part: str) -> Block:
    lines = [line.lstrip("> ").strip() for line in part.splitlines()]
    source = "".join(line.lstrip("─― ").strip() for line in lines if line.startswith(("──", "――")))
    return {"type": "quotation", "value": {"text": "\n".join(line for line in lines if not line.startswith(("──", "――"))), "source": source}}


def inline(text: str) -> str:
    html = escape(text.replace("\n", ""), quote=False)
    html = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html)
    return re.sub(r"\[([^\]]+)\]\((https?://[^)\s]+)\)", r'<a href="\2">\1</a>', html)
