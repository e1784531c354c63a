"""Items of an invented agency as ninjs and NewsML-G2, in sizes and with details that agencies send. Pure."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from benchmarks.inside.prose import Prose, prose
from kawaraban.wires.copy import Copy, Status

FIRST = 500_000_000  # prose of these numbers belongs to no article
LENGTHS = (96, 140, 110, 150, 84, 120)  # characters of the paragraphs
AGENCY = "潮見通信"
FOLDER = "incoming/shiomi"  # in the home, that the worker watches
SUBJECTS = (("04000000", "経済"), ("06000000", "環境"), ("11000000", "政治"), ("13000000", "科学技術"), ("14000000", "社会"))
PERSON, PLACE = "沖野凪", "凪浜市"
RIGHTS = "(C) 潮見通信社　無断転載を禁じます"
NAR, XHTML = "http://iptc.org/std/nar/2006-10-01/", "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True)
class Dispatch:
    number: int
    sent: datetime
    version: int = 1

    @cached_property
    def prose(self) -> Prose:
        return prose(FIRST + self.number, LENGTHS)

    @property
    def guid(self) -> str:
        return f"urn:newsml:shiomi.example:20260901:{self.number:08d}"

    @property
    def headline(self) -> str:
        """Within the characters that the flash shows of one, and no other's."""
        return f"{self.number:08d}報　{self.prose.headline[:12]}"

    @property
    def slugline(self) -> str:
        return f"港-再開発-{self.number % 100}"

    @property
    def body(self) -> str:
        return "".join(f"<p>{text}</p>" for text in self.prose.paragraphs)

    @property
    def urgency(self) -> int:
        return 3 + self.number % 4

    def picture(self, size: str) -> str:
        return f"https://media.example/{self.number}-{size}.jpg"

    def ninjs(self) -> bytes:
        found = {
            "$standard": {"name": "ninjs", "version": "1.4", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_1.4.json"},
            "uri": self.guid,
            "type": "text",
            "mimetype": "text/html",
            "representationtype": "complete",
            "version": str(self.version),
            "firstcreated": self.sent.isoformat(),
            "versioncreated": self.sent.isoformat(),
            "pubstatus": "usable",
            "urgency": self.urgency,
            "copyrightholder": AGENCY,
            "copyrightnotice": RIGHTS,
            "usageterms": "国内の紙面と電子版に限る",
            "ednote": "写真は別に送信",
            "language": "ja",
            "person": [{"name": PERSON, "rel": "about"}],
            "place": [{"name": PLACE, "geometry_point": {"type": "Point", "coordinates": [139.7, 35.6]}}],
            "organisation": [{"name": "凪浜港湾公社", "scheme": "https://shiomi.example/org/", "code": "O77"}],
            "subject": [
                {"name": name, "scheme": "http://cv.iptc.org/newscodes/mediatopic/", "code": code, "relevance": 80} for code, name in SUBJECTS
            ],
            "infosource": [{"name": AGENCY, "role": "http://cv.iptc.org/newscodes/contentprodpartyrole/"}],
            "byline": "波止圭",
            "headline": self.headline,
            "slugline": self.slugline,
            "located": "凪浜",
            "body_html": self.body,
            "associations": {
                "main": {
                    "uri": f"{self.guid}p",
                    "type": "picture",
                    "byline": "写真・沖りん",
                    "description_text": "凪浜港の全景。",
                    "renditions": {
                        size: {
                            "href": self.picture(size),
                            "mimetype": "image/jpeg",
                            "width": width,
                            "height": width // 2,
                        }
                        for size, width in (("thumbnail", 200), ("web", 1200), ("original", 2400))
                    },
                }
            },
        }
        return json.dumps(found, ensure_ascii=False).encode()

    def newsmlg2(self) -> bytes:
        sent, told = self.sent.isoformat(), self.prose
        subjects = "".join(
            f'<subject qcode="medtop:{code}" type="cpnat:abstract" relevance="80"><name xml:lang="ja">{name}</name></subject>'
            for code, name in SUBJECTS
        )
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="{NAR}"><header><sent>{sent}</sent><sender>shiomi.example</sender><priority>{self.urgency}</priority></header><itemSet>
<newsItem guid="{self.guid}" version="{self.version}" standard="NewsML-G2" standardversion="2.33" conformance="power" xml:lang="ja">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"/>
<rightsInfo><copyrightHolder><name>{AGENCY}</name></copyrightHolder><copyrightNotice>{RIGHTS}</copyrightNotice>
<usageTerms>国内の紙面と電子版に限る</usageTerms></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:shiomi"><name>{AGENCY}</name></provider><versionCreated>{sent}</versionCreated>
<firstCreated>{sent}</firstCreated><pubStatus qcode="stat:usable"/><edNote>写真は別に送信</edNote></itemMeta>
<contentMeta><urgency>{self.urgency}</urgency><contentCreated>{sent}</contentCreated>
<located qcode="loc:nagihama"><name>凪浜</name></located><creator><name>波止圭</name></creator><language tag="ja"/>{subjects}
<subject type="cpnat:person"><name>{PERSON}</name></subject><subject type="cpnat:geoArea"><name>{PLACE}</name></subject>
<slugline>{self.slugline}</slugline><headline>{self.headline}</headline><by>波止圭</by><dateline>凪浜</dateline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="{XHTML}"><head><title>{self.headline}</title></head>
<body>{"".join(f"<p>{text}</p>" for text in told.paragraphs)}</body></html></inlineXML></contentSet></newsItem>
</itemSet></newsMessage>""".encode()


def faults(found: Copy, wanted: Dispatch) -> list[str]:
    """What of a copy is not as it was sent."""
    told = {
        "guid": wanted.guid,
        "version": wanted.version,
        "headline": wanted.headline,
        "body_text": "\n\n".join(wanted.prose.paragraphs),
        "body_html": wanted.body,
        "urgency": wanted.urgency,
        "published": wanted.sent,
        "agency": AGENCY,
        "copyright": RIGHTS,
        "language": "ja",
        "status": Status.USABLE,
    }
    codes = [subject.code for subject in found.subjects]
    return [name for name, value in told.items() if getattr(found, name) != value] + [code for code, _ in SUBJECTS if code not in codes]
