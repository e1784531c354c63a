"""Makes the home in which the readership dashboard is looked at: five weeks of reads, unless told `unread`. Run as a process: HOME [unread]."""

import sys
from datetime import datetime, timedelta
from math import cos, pi
from pathlib import Path
from typing import Any

from kawaraban import homes

HEADLINES = (
    ("ワールド", "夜だけ届く国際電話、島の交換台が守る「声の航路」"),
    ("ワールド", "海底の泥が語る200年前の津波　掘削船の3週間"),
    ("ビジネス", "港都の造船所、来春に閉鎖へ　310人の次の仕事"),
    ("ワールド", "川の名前はなぜ変わるのか　言葉の地図をつくる人びと"),
    ("テクノロジー", "埠頭の音声翻訳端末、騒音の下で聞き取り率92％"),
    ("ビジネス", "蓄電池の中古市場が広がる　3年で価格は4割下がった"),
    ("サイエンス", "深海クジラの低音、海盆ごとに拍子が違う"),
    ("テクノロジー", "岸壁の電源で船を止める　排気のない港の作り方"),
    ("サイエンス", "星の見える港をつくる　灯りを下げた町の1年"),
    ("ワールド", "無料フェリー法案、島を結ぶ12航路の行方"),
    ("ビジネス", "週3日の市場、朝4時からの競り"),
    ("サイエンス", "ウミガメの帰り道、磁気の地図を読む"),
    ("テクノロジー", "無人灯台の点検、飛行機械が引き継ぐ"),
)


def main(home: Path, *, is_read: bool) -> None:
    homes.make(home)
    homes.enter(home)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    furnish(is_read=is_read)


def furnish(*, is_read: bool) -> None:
    from kawaraban.demo import builders
    from kawaraban.desk.actions.welcome import first_editor

    builders.make_front()
    sections = {name: builders.make_section(name, slug=f"section-{place}") for place, name in enumerate(dict.fromkeys(name for name, _ in HEADLINES))}
    first_editor("editor", "a long password")
    articles = [builders.make_article(headline, slug=f"piece-{place}", section=sections[name]) for place, (name, headline) in enumerate(HEADLINES)]
    sponsored = builders.make_article("岸の電源の使い方", slug="paid", section=sections["ビジネス"], is_sponsored=True, sponsor="澪電機")
    if is_read:
        count_reads([*articles, sponsored])
        steer(articles)


def count_reads(articles: list[Any]) -> None:
    """More by day than by night, more of the first articles, which change from day to day; half of one from one network."""
    import numpy as np
    from django.utils import timezone

    from kawaraban.readership.boards import site_days, site_store
    from kawaraban.readership.figures import stamp
    from kawaraban.readership.lists import rerank
    from kawaraban.readership.rollup import Past, rolled
    from kawaraban.readership.spool import DTYPE

    store, days, now = site_store(), site_days(), timezone.now()
    chance = np.random.default_rng(5)
    for day in range(33, -1, -1):
        moments = [now - timedelta(days=day, hours=hour, minutes=2) for hour in range(23, -1, -1)]
        weights = np.array([[busy(at) / (1 + (place + day) % len(articles)) for place in range(len(articles))] for at in moments])
        wanted = chance.poisson(90 * weights)
        found = np.zeros(int(wanted.sum()), np.dtype(DTYPE))
        found["at"] = np.repeat([stamp(at) for at in moments], wanted.sum(axis=1)) + chance.integers(0, 110_000, len(found))
        found["reader"] = chance.integers(1, 1 << 62, len(found))
        found["network"] = found["reader"]
        found["article"] = np.repeat(np.tile([article.pk for article in articles], len(moments)), wanted.ravel())
        found["network"][(found["article"] == articles[2].pk) & (chance.random(len(found)) < 0.6)] = 7
        found["count"] = 1
        found["verdict"] = chance.choice([0, 7, 10, 5, 8], len(found), p=[0.9, 0.05, 0.03, 0.01, 0.01])
        found["referrer"] = chance.choice(5, len(found), p=[0.2, 0.3, 0.3, 0.15, 0.05])
        store.commit(rolled(found, days, Past(store.readers, store.networks)), store.version())
    rerank(stamp(now))


def busy(at: datetime) -> float:
    from kawaraban.desk.clock import local

    return 1.1 - cos((local(at).hour - 3) / 12 * pi)


def steer(articles: list[Any]) -> None:
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from kawaraban.readership.actions.exclude import exclude
    from kawaraban.readership.actions.pin import Place, pin
    from kawaraban.readership.models import Window

    editor, now = get_user_model().objects.get(), timezone.now()
    pin(articles[6], editor, now, Place(2, Window.WEEK), "特集の公開に合わせて", now + timedelta(days=1))
    exclude(articles[10], editor, now, "見出しに誤り、差し替えまで")


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_read="unread" not in sys.argv)
