import pytest

from kawaraban.wires.copy import Relation, Status
from kawaraban.wires.moments import moment
from kawaraban.wires.orders import Orders, order, orders, taken

ISSUED = moment("2026-09-01T10:00+09:00")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("KILL", "kill"),
        ("BULLETIN KILL Harbour", "kill"),
        ("Kill: Harbour", "kill"),
        ("【配信取消】港", "kill"),
        ("取消＝港", "kill"),
        ("全文取り消し", "kill"),
        ("Kill Bill director dies", ""),
        ("取り消し訴訟で勝訴", ""),
        ("取り消す", ""),
        ("Correction: the mayor's name", "correct"),
        ("CORRECTED-Harbour plan", "correct"),
        ("訂正・潮見港の再開発", "correct"),
        ("（訂正）", "correct"),
        ("Correction officers strike", ""),
        ("訂正申告が相次ぐ", ""),
        ("差し替え＝港", "update"),
        ("Lead poisoning", ""),
        ("HOLD", "hold"),
        ("予定稿", "hold"),
        ("Hold the line", ""),
        ("【連絡】本日の予定", "advisory"),
        ("連絡船が欠航", ""),
        ("EMBARGO", "embargo"),
        ("解禁：9月2日午前5時", "embargo"),
        ("For release Sept. 2, 2026", "embargo"),
        ("Embargo on oil", ""),
        ("Embargo: lifted", ""),
        ("解禁 アユ釣り", ""),
        ("FOR IMMEDIATE RELEASE", ""),
        ("", ""),
    ],
)
def test_order_of_a_line(line: str, kind: str) -> None:
    assert order(line) == kind


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL 0500 GMT, SEPT 2, 2026", "2026-09-02T05:00Z"),
        ("For release Sept. 2, 2026, 5 a.m. EDT", "2026-09-02T05:00-04:00"),
        ("NOT FOR PUBLICATION BEFORE 2026-09-02 05:00 JST", "2026-09-02T05:00+09:00"),
        ("Embargo: 2026-09-02T05:00:00+09:00", "2026-09-02T05:00+09:00"),
        ("解禁：９月２日午前５時", "2026-09-02T05:00+09:00"),
        ("【解禁日時 令和8年9月2日(水)17時30分】", "2026-09-02T17:30+09:00"),
        ("報道解禁 9月2日正午", "2026-09-02T12:00+09:00"),
        ("解禁＝1月2日 5:00", "2027-01-02T05:00+09:00"),
    ],
)
def test_embargo_with_its_end(line: str, until: str) -> None:
    assert orders([line], issued=moment("2026-12-30") if "1月2日" in line else ISSUED) == Orders(embargoed_until=moment(until))


@pytest.mark.parametrize(
    "line", ["EMBARGO", "解禁：未定", "【解禁】9月2日付朝刊", "Embargo: 2026-09-02", "Embargo: soon, at 5 o'clock", "解禁日時 99月99日5時"]
)
def test_embargo_without_an_hour_to_keep_is_withheld(line: str) -> None:
    assert orders([line], issued=ISSUED) == Orders(Status.WITHHELD)


def test_embargo_on_a_date_without_any_year() -> None:
    assert orders(["解禁：9月2日5時"]) == Orders(Status.WITHHELD)


def test_the_later_embargo_and_the_strictest_order_hold() -> None:
    both = orders(["解禁：9月2日5時", "解禁：9月3日5時", "【訂正】", "KILL"], "港/保留", ISSUED)
    assert both == Orders(Status.CANCELED, Relation.KILLS, moment("2026-09-03T05:00+09:00"))


@pytest.mark.parametrize(
    ("keywords", "relation"),
    [
        ("港/取消", Relation.KILLS),
        ("shark/Kill", Relation.KILLS),
        ("契約取消/訴訟", None),
        ("a,writethru", Relation.UPDATES),
        ("港・訂正", Relation.CORRECTS),
    ],
)
def test_orders_between_keywords(keywords: str, relation: Relation | None) -> None:
    assert orders([], keywords).relation is relation


def test_what_a_line_says_besides() -> None:
    assert [taken(line) for line in ("【配信取消】港の朝", "KILL", "港の朝")] == [("kill", "港の朝"), ("kill", ""), ("", "港の朝")]
