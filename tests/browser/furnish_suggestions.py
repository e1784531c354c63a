"""Makes the home in which suggestions are looked at: some articles, two topics, and their index. Run as a process: HOME."""

import sys
from datetime import timedelta
from pathlib import Path

from kawaraban import homes

PIECES = (
    ("海峡のクジラ、貨物船の騒音に声を上げる", "海峡の聴音器で録音されたクジラの鳴き声は、貨物船が通るたびに大きくなった。"),
    ("深海クジラの低音、海盆ごとに拍子が違う", "深海の聴音器がクジラの低い鳴き声を三年間録音した。"),
    ("貨物船が速度を落とす海峡、水先人の夜", "水先人は貨物船の速度を落とし、海峡の騒音を測る。"),
    ("港のパン屋、塩味のあんパンを焼く", "漁師の朝は早い。窯の前で職人が塩を測る。"),
    ("無料フェリー法案、島を結ぶ航路の行方", "議会で法案が審議される。島の人は待つ。"),
    ("週3日の市場、朝4時からの競り", "市場の競りに仲買人が集まる。"),
)


def main(home: Path) -> None:
    homes.make(home)
    homes.enter(home)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    (home / "form.txt").write_text(furnish(), encoding="utf-8")


def furnish() -> str:
    """Gives the address of the form in which a new article is begun."""
    from django.urls import reverse

    from kawaraban.demo import builders
    from kawaraban.desk.actions.welcome import first_editor
    from kawaraban.search.site import remaking

    builders.make_front()
    first_editor("editor", "a long password")
    section = builders.make_section("サイエンス", slug="science")
    topics = [builders.make_topic("海の声", slug="voices"), builders.make_topic("聴音器", slug="hydrophones")]
    for place, (headline, text) in enumerate(PIECES):
        body = builders.make_body(text * 3)
        builders.make_article(
            headline, slug=f"piece-{place}", section=section, body=body, topics=topics[:1] if place < 2 else (), age=timedelta(days=place + 1)
        )
    remaking.remade(lambda *_: None)
    return reverse("wagtailadmin_pages:add", args=["desk", "article", section.pk])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
