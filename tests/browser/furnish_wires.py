"""Makes the home in which the wire desk is looked at, and sends copy into it. Run as a process: HOME, then nothing, a headline, or kill."""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kawaraban import homes

STORY = (
    "［港都 潮見通信］　港都と環島を結ぶ新造連絡船「みおつくし」が20日、試験航海を終えた。"
    "運航会社の青凪汽船によると、波高3メートルの海域でも予定の速さを保った。\n\n"
    "船は全長118メートル、旅客420人を乗せる。蓄電池だけで港に出入りし、接岸の間に岸の電源から充電する。\n\n"
    "来月10日に就航し、1日4往復する。片道の運賃はこれまでと同じに据え置く。"
)
CORRECTED = STORY.replace("来月10日に就航し、1日4往復する。", "来月12日に就航し、1日3往復する。").replace("420人", "402人")
HEADLINES = (
    ("ワールド", "タルヴェ議会、島間フェリー無料化法案を可決　来春から12航路で実施へ", 3),
    ("ビジネス", "港都株は3日続伸、海運と機械に買い　港都200指数は半年ぶり高値", 4),
    ("テクノロジー", "埠頭向けの音声翻訳端末、6言語で実用試験　騒音下の聞き取り率92％", 5),
    ("スポーツ", "海峡リーグ：アルバトロスが逆転サヨナラ、代打の千歳原が2点二塁打", 5),
    ("ワールド", "ソルヴァ諸島沖でマグニチュード6.7の地震、津波の恐れなし", 2),
    ("サイエンス", "深海クジラの低音、海盆ごとに拍子の違い　録音11年分を解析", 5),
    ("ビジネス", "灯崎の造船所、来春に閉鎖へ　従業員310人は環島へ配置転換", 4),
    ("カルチャー", "漆の刷毛づくり三代、島の工房で公開　今週末から", 6),
)


def main(home: Path, headline: str = "") -> None:
    if not headline:
        homes.make(home)
    homes.enter(home)
    from django.core.management import call_command

    if headline == "kill":
        kill_newest()
    elif headline:
        send(headline)
    else:
        call_command("migrate", verbosity=0)
        furnish()
        (home / "places.json").write_text(json.dumps(places()), encoding="utf-8")


def filing(source: Any, minutes_ago: float) -> Any:
    from django.conf import settings
    from django.utils import timezone

    from kawaraban.wires.house import house
    from kawaraban.wires.settling import Filing

    moment = timezone.now() - timedelta(minutes=minutes_ago)
    return Filing(source, house(settings.KAWARABAN), moment, moment)


def sent(source: Any, headline: str, minutes_ago: float = 0, **more: Any) -> Any:
    from django.db import transaction

    from kawaraban.demo import builders
    from kawaraban.wires.filing import file

    with transaction.atomic():
        where = filing(source, minutes_ago)
        told = {"published": where.now, "guid": f"urn:test:{headline}", "urgency": 5, **more}
        return file(builders.make_copy(headline, **told), where).item


def send(headline: str) -> None:
    """An urgent item, just come."""
    from kawaraban.wires.models import Source

    sent(Source.objects.get(key="shiomi"), headline, urgency=1, body_text=f"［港都 潮見通信］　{headline}。")


def kill_newest() -> None:
    from kawaraban.wires.copy import Status
    from kawaraban.wires.models import WireItem

    newest = WireItem.objects.order_by("-pk")[0]
    sent(newest.source, "", guid=newest.guid, version=2, status=Status.CANCELED, body_text="")


def furnish() -> None:
    from kawaraban.demo import builders
    from kawaraban.desk.actions.welcome import first_editor
    from kawaraban.wires.copy import Status

    builders.make_front()
    for name in ("ワールド", "ビジネス", "テクノロジー"):
        builders.make_section(name)
    first_editor("editor", "a long password")
    shiomi, nagi = builders.make_source(), builders.make_source("凪通信", key="nagi")
    for number in range(40):
        section, headline, urgency = HEADLINES[number % len(HEADLINES)]
        text = f"［港都 凪通信］　第{number}報。{headline}、と関係者が明らかにした。詳しい経緯は調べている。"
        item = sent(nagi, f"{headline}（{number}）" if number >= 8 else headline, 9 + number * 7, urgency=urgency, body_text=text)
        item.section = section
        item.save(update_fields=["section"])
    furnish_story(shiomi, nagi)
    sent(nagi, "潮流発電の実証、来年度に延期へ", 5, embargoed_until=later(90), urgency=3)
    killed = sent(nagi, "澪電機、蓄電池部門を売却へ", 30, body_text="澪電機が売却を決めた。")
    make_draft(killed)
    sent(nagi, "", 2, guid=killed.guid, version=2, status=Status.CANCELED, body_text="")
    furnish_quarantine(shiomi)


def places() -> dict[str, int]:
    """Keys of what the screens are looked at with."""
    from kawaraban.wires.models import ArticleOrigin, WireItem

    ferry = WireItem.objects.get(guid="urn:shiomi:ferry")
    killed = WireItem.objects.get(status=WireItem.Status.CANCELED)
    return {"ferry": ferry.pk, "killed": killed.pk, "origin": ArticleOrigin.objects.get(item=ferry).pk}


def later(minutes: float) -> datetime:
    from django.utils import timezone

    return timezone.now() + timedelta(minutes=minutes)


def furnish_story(shiomi: Any, nagi: Any) -> None:
    """One story by two agencies, corrected after an article was made of it."""
    item = sent(shiomi, "港都の新造連絡船、試験航海を終える　来月10日就航", 60, body_text=STORY, guid="urn:shiomi:ferry", urgency=4)
    sent(nagi, "新造連絡船が試験航海を終える", 58, body_text=STORY.replace("潮見通信", "凪通信"))
    make_draft(item)
    note = "訂正：就航の日と便数、定員を改めます。"
    sent(
        shiomi,
        "港都の新造連絡船、試験航海を終える　来月12日就航",
        4,
        body_text=CORRECTED,
        guid="urn:shiomi:ferry",
        urgency=4,
        version=2,
        editorial_note=note,
    )


def make_draft(item: Any) -> None:
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from kawaraban.desk.models import Section
    from kawaraban.wires.making import make_article

    make_article(item, Section.objects.first(), get_user_model().objects.get(), timezone.now())


def furnish_quarantine(source: Any) -> None:
    from django.utils import timezone

    from kawaraban.wires.archive import Payload
    from kawaraban.wires.ingest import receive

    for number in range(3):
        receive(source, Payload(f"<nitf><head>{number}".encode(), f"torn-{number}.xml", "application/xml"), timezone.now())


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
