"""Payloads as agencies send them, for what comes after reading."""

from xml.sax.saxutils import escape, quoteattr

from kawaraban.wires.archive import Payload


def nitf(
    guid: str = "shiomi-1", headline: str = "試験航海を終える", text: str = "新造連絡船が試験航海を終えた。", version: int = 1, docdata: str = ""
) -> bytes:
    """One item as NITF."""
    return (
        f'<nitf xml:lang="ja"><head><docdata{docdata if docdata.startswith(" ") else ""}><doc-id id-string={quoteattr(guid)}/>'
        f'<du-key version="{version}"/>{"" if docdata.startswith(" ") else docdata}</docdata></head>'
        f"<body><body.head><hedline><hl1>{escape(headline)}</hl1></hedline></body.head>"
        f"<body.content><p>{escape(text)}</p></body.content></body></nitf>"
    ).encode()


def payload(data: bytes | None = None, name: str = "item.xml", **values: object) -> Payload:
    return Payload(nitf(**values) if data is None else data, name, "application/xml")
