from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from kawaraban.demo import builders
from kawaraban.desk.models import Content, Front, Issue

DAY = date(2026, 7, 14)


@pytest.mark.parametrize(
    ("on_sale", "fits"), [(DAY - timedelta(days=7), True), (DAY - timedelta(days=1), True), (DAY, False), (DAY + timedelta(days=1), False)]
)
def test_issue_is_on_sale_before_its_cover_date(on_sale: date, fits: bool) -> None:
    issue = Issue(title="号", cover_date=DAY, on_sale_date=on_sale)
    if fits:
        issue.clean()
        return
    with pytest.raises(ValidationError) as fault:
        issue.clean()
    assert "on_sale_date" in fault.value.message_dict


@pytest.mark.parametrize(("cover", "on_sale"), [(None, None), (DAY, None), (None, DAY)])
def test_issue_without_dates_is_left_to_the_fields(cover: date | None, on_sale: date | None) -> None:
    Issue(title="号", cover_date=cover, on_sale_date=on_sale).clean()


def test_issue_is_addressed_by_its_cover_date(front: Front) -> None:
    assert builders.make_issue(on_sale=date(2026, 7, 7)).address == "/magazine/2026-07-14"


@pytest.mark.parametrize(("title", "fits"), [("特集の題", True), ("", False), ("　", False)])
def test_entry_has_a_title_or_an_article(title: str, fits: bool) -> None:
    if fits:
        Content(title=title).clean()
        return
    with pytest.raises(ValidationError):
        Content(title=title).clean()


def test_entry_outlives_its_article(front: Front) -> None:
    article = builders.make_article()
    issue = builders.make_issue(entries=[Content(article=article, title="")])
    article.delete()
    assert [entry.article_id for entry in Issue.objects.get(pk=issue.pk).contents.all()] == [None]
