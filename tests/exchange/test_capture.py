from datetime import date, datetime
from pathlib import Path

import pytest

from kawaraban.exchange.capture import Capture, Cover, Flash, Special, Subject, UnreadableCapture, read
from kawaraban.exchange.capture_story import Byline, Photo, Piece, with_credit

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples" / "captures"
SEED = ROOT.parent / "shared" / "seed" / "capture.txt"


def text(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def harbour() -> Capture:
    return read(text("harbour"))


ABOVE = "マリア・ソレンセン\n岬の舎\n\n岬の舎。夜明け(二月)AFP\n\n<要約。>"


def page(above: str = ABOVE, body: str = "一段落。", below: str = "", head: str = "最新記事\n港\n\n題") -> str:
    return f"{head}\n\n2026年3月4日(水)7時42分\n{above}\n\n{body}\n\n{below}"


def lists(*titles: str) -> str:
    return "人気ランキング\n" + "\n".join(f"  • {rank}\n    {title}" for rank, title in enumerate(titles, 1))


def test_head(harbour: Capture) -> None:
    story = harbour.story
    assert (story.listing, story.kicker) == ("最新記事", "港の暮らし")
    assert (story.headline, story.deck) == ("霧笛を残す町、汐見がえらんだ音", "消える前の「最後の当番」")
    assert story.original_title == "The Harbor Town That Voted to Keep Its Foghorn"
    assert story.published == datetime(2026, 3, 4, 7, 42)  # noqa: DTZ001


def test_byline_picture_and_lead(harbour: Capture) -> None:
    story = harbour.story
    assert story.bylines == (Byline("マリア・ソレンセン"),)
    assert story.photo == Photo("岬の霧笛舎に立つ当番", "夜明けの霧笛舎。壁の黒板には当番の名が残る(2月25日)", "Harbor Wire via TOZAI")
    assert story.lead.startswith("汐見町は二月") and story.lead.endswith("立ち会った")


def test_body(harbour: Capture) -> None:
    kinds = [piece.kind for piece in harbour.story.body]
    assert kinds == ["paragraph", "related", "paragraph", "paragraph", "subheading", "paragraph"]
    assert harbour.story.body[1] == Piece("related", "舎のなかで聞く霧笛、耳をふさぐ記者 「もう一度」「まだ?」", "【動画】")
    assert harbour.story.body[4].text == "対岸からの返事"


def test_wire(harbour: Capture) -> None:
    assert [flash.section for flash in harbour.wire] == ["ワールド", "ワールド", "ワールド", "ビジネス"]
    assert harbour.wire[0] == Flash("ワールド", "岬の定期船、濃霧で朝の三便を欠航 正午に運航判断")


def test_issue_and_newsletter(harbour: Capture) -> None:
    title = "特集:港が眠らない夜"
    blurb = "灯台、霧笛、夜の市。暗い海のそばで起きている人びとを訪ねた"
    assert harbour.issues == (Cover(title, title, (), date(2026, 3, 10), date(2026, 3, 3), blurb),)
    assert harbour.newsletter == "メールマガジンのご登録はこちらから。"


def test_rankings_are_completed_from_each_other(harbour: Capture) -> None:
    day, week, month = harbour.rankings
    assert [len(titles) for titles in harbour.rankings] == [10, 10, 10]
    assert month[3] == day[0] and month[6] == day[2] and month[7] == week[2]
    assert week[3] == day[3] == "船大工の道具箱から出てきた手紙、差出人は五十年前…"
    assert len({*day, *week, *month}) == 23


def test_topics_and_mooks(harbour: Capture) -> None:
    assert harbour.topics == (
        Subject("霧と灯台", "hub"),
        Subject("岬をあるく 第3回", "series"),
        Subject("OPEN HARBOUR LAB", "sponsored"),
        Subject("QUIET TIDE", "sponsored"),
    )
    assert harbour.mooks == (Special("汐見タイムズ別冊", "汐見タイムズ別冊"),) and harbour.mooks_are_on_sale


def test_full_width_page() -> None:
    found = read(text("wide"))
    assert (found.story.headline, found.story.deck) == ("朝市の秤", "目盛りの「嘘」を見抜く")
    assert found.story.bylines == (Byline("灘波あさひ"), Byline("ハナ・リュウ", "translator"))
    assert found.story.photo == Photo("朝市に並ぶ古い秤", "朝市の秤（２０２５年１２月）。", "岬通信")
    assert found.story.lead == "秤の目盛りは、誰のために刻まれたのか。市場の朝を歩いた"
    cover = found.issues[0]
    assert (cover.alt, cover.further_lines) == ("表紙は朝市の秤", ("秤を直す手",))
    assert (cover.cover_date, cover.on_sale_date) == (date(2026, 1, 6), date(2025, 12, 26))


def test_page_with_nothing_but_an_article() -> None:
    found = read(text("bare"))
    assert (found.story.kicker, found.story.lead, found.story.photo, found.story.bylines) == ("", "", None, ())
    assert [piece.text for piece in found.story.body] == ["港に朝が来た。", "船はもう出ていた。"]
    assert (found.rankings, found.wire, found.topics, found.mooks) == ((), (), (), ())


def test_picks() -> None:
    found = read(text("later"))
    assert found.picks == ("海図を読めない船長が増えている...岬の教習所が始めた「歩く授業」",)


@pytest.mark.parametrize(
    ("head", "kicker", "title", "original"),
    [
        ("最新記事\n題", "", "題", ""),
        ("最新記事\n港\n題", "港", "題", ""),
        ("最新記事\n\n題\nA Title", "", "題", "A Title"),
        ("最新記事\n港\n\nHarbour 2026", "港", "Harbour 2026", ""),
        ("最新記事\n港\n題\nA Title", "港", "題", "A Title"),
    ],
)
def test_head_with_lines_missing(head: str, kicker: str, title: str, original: str) -> None:
    story = read(page(head=head)).story
    assert (story.kicker, story.headline, story.original_title) == (kicker, title, original)


@pytest.mark.parametrize("dash", ["── ", "──", " ―― ", "——", " — "])
def test_headline_is_divided_at_its_dash(dash: str) -> None:
    story = read(page(head=f"最新記事\n\n前半{dash}後半")).story
    assert (story.headline, story.deck) == ("前半", "後半")


@pytest.mark.parametrize(
    ("above", "names", "photo"),
    [
        ("<要約。>", [], None),
        ("マリア・ソレンセン\n\n<要約。>", ["マリア・ソレンセン"], None),
        ("岬に立つ灯台\n\n岬の灯台。三月\n\n<要約。>", [], Photo("岬に立つ灯台", "岬の灯台。三月")),
        ("灘波朝子\n\n市場に立つ灘波朝子(三月)AFP\n\n<要約。>", [], Photo("灘波朝子", "市場に立つ灘波朝子(三月)", "AFP")),
        ("灘波朝子\n\n岬の灯台(三月)AFP\n\n<要約。>", ["灘波朝子"], Photo("", "岬の灯台(三月)", "AFP")),
        ("ハナ・リュウ\n訳:灘波朝子\n灯台\n\n岬の灯台\n\n<要約。>", ["ハナ・リュウ", "灘波朝子"], Photo("灯台", "岬の灯台")),
        ("マリア・ソレンセン\n灯台\n\n岬の灯台(三月)AFP", ["マリア・ソレンセン"], Photo("灯台", "岬の灯台(三月)", "AFP")),
        ("マリア・ソレンセン", ["マリア・ソレンセン"], None),
    ],
)
def test_lines_between_date_and_text(above: str, names: list[str], photo: Photo | None) -> None:
    story = read(page(above=above)).story
    assert ([byline.name for byline in story.bylines], story.photo) == (names, photo)
    assert [piece.text for piece in story.body] == ["一段落。"]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("岬の灯台。夜明け(三月)", "KCNA via REUTERS"),
        ("岬の灯台。", "Ana Lind (Handout) / AFP"),
        ("岬の灯台。", "AFP=時事"),
        ("岬の灯台。", "ロイター"),
        ("岬の灯台。", "写真提供:岬町"),
        ("岬の灯台(右)と「みさご」", ""),
        ("岬の灯台。左は当番の家", ""),
        ("岬の灯台 REUTERS", ""),
        ("岬の灯台。", ""),
    ],
)
def test_caption_and_credit_join_to_their_line(caption: str, credit: str) -> None:
    assert with_credit(caption + credit) == (caption, credit)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("西風の吹くころ", "subheading"),
        ("西風が吹いた。", "paragraph"),
        ("「西風だ」", "paragraph"),
        ("西風の正体は?", "paragraph"),
        ("・西風", "paragraph"),
        ("西風の吹くころに岬を訪ねる人の多くは、坂の途中で一度うしろを振り返るという", "paragraph"),
        ("【写真】西風の岬", "related"),
        ("【写真】は西風の岬で撮った。", "paragraph"),
        ("【西風】岬にて", "subheading"),
    ],
)
def test_kind_of_a_line_among_paragraphs(line: str, kind: str) -> None:
    body = read(page(body=f"一段落。\n\n{line}\n\n二段落。")).story.body
    assert [piece.kind for piece in body] == ["paragraph", kind, "paragraph"]


def test_short_last_line_is_no_subheading() -> None:
    assert read(page(body="一段落。\n\n岬にて")).story.body[-1].kind == "paragraph"


@pytest.mark.parametrize(
    ("line", "on_sale"),
    [
        ("2026年1月6日号(12/26発売)", date(2025, 12, 26)),
        ("2026年1月6日号（1月3日発売）", date(2026, 1, 3)),
        ("2026年5月5日・12日合併号(4/28発売)", date(2026, 4, 28)),
    ],
)
def test_on_sale_date_is_before_the_cover_date(line: str, on_sale: date) -> None:
    assert read(page(below=f"MAGAZINE\n表紙\n特集\n{line}")).issues[0].on_sale_date == on_sale


def test_headings_between_lists_are_no_titles() -> None:
    found = read(page(below=f"{lists('甲', '乙')}\n1週間\n{lists('丙').removeprefix('人気ランキング')}\n霧と灯台"))
    assert (found.rankings, found.topics) == ((("甲", "乙"), ("丙",)), (Subject("霧と灯台", "hub"),))


@pytest.mark.parametrize(("name", "kind"), [("岬 シーズン2", "series"), ("第三部 岬", "series"), ("LAB", "sponsored"), ("岬LAB", "hub")])
def test_kind_of_a_topic(name: str, kind: str) -> None:
    assert read(page(below=f"{lists('甲')}\n{name}")).topics == (Subject(name, kind),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("capture", "missing", "looked_at"),
    [
        ("", "The headline is missing", ""),
        ("あわせて読みたい\n題", "The headline is missing", "line 1, “あわせて読みたい”"),
        (text("harbour").replace("2026年3月4日(水)7時42分", "2026/03/04 7:42"), "The date is missing", "line 8, “2026/03/04 7:42”"),
        (text("harbour").replace("3月4日(水)", "2月30日(水)"), "The date is missing", "line 8"),
        (page(head="最新記事"), "The headline is missing", "line 3, “2026年3月4日(水)7時42分”"),
        (page(head="最新記事\n港\n題\n続き"), "The headline is missing", "line 4, “続き”"),
        (page(head=f"最新記事\n{'港' * 41}\n\n題"), "The kicker is missing", "line 2"),
        (page(above="<要約。"), "The end of the lead is missing", "line 7, “<要約。”"),
        (page(body=""), "The text is missing", "“<要約。>”"),
        (page(below="ニュース速報\nワールド\n題\nビジネス"), "A title is missing", "“ビジネス”"),
        (page(below="MAGAZINE\n表紙\n特集"), "The issue's dates are missing", "“特集”"),
        (page(below="MAGAZINE\n2026年3月10日号(3/3発売)"), "The cover line is missing", "“MAGAZINE”"),
        (page(below="MAGAZINE\n特集\n2026年13月10日号(3/3発売)"), "The issue's dates are missing", "13月"),
        (page(below="人気ランキング\n1\n甲\n3\n丙"), "Rank 2 is missing", "“3”"),
        (page(below="人気ランキング\n1\n2\n乙"), "The title of rank 1 is missing", "“1”"),
        (page(below=lists("甲") + "\n1\n乙\n1\n丙\n1\n丁"), "There are 4 lists", "“丁”"),
        (page(below="MOOK\n表紙"), "A title is missing", "“表紙”"),
    ],
)
def test_unreadable(capture: str, missing: str, looked_at: str) -> None:
    with pytest.raises(UnreadableCapture) as told:
        read(capture)
    assert str(told.value).startswith(missing)
    assert looked_at in str(told.value)


def test_the_captured_page_that_the_project_is_measured_by() -> None:
    if not SEED.is_file():
        pytest.skip(f"{SEED} is not there")
    found = read(SEED.read_text(encoding="utf-8"))
    assert [len(titles) for titles in found.rankings] == [10, 10, 10]
    assert len({title for titles in found.rankings for title in titles}) == 23
    assert (len(found.wire), len(found.issues), len(found.mooks), len(found.story.body)) == (4, 1, 1, 14)
    assert [subject.kind for subject in found.topics] == ["hub", "series", "sponsored", "sponsored"]
    assert found.story.deck and found.story.original_title and found.story.photo and found.story.photo.credit
