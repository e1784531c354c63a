from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page

from kawaraban.demo import builders
from kawaraban.desk.models import Front, Picture

MAKE = [builders.make_article, builders.make_section, builders.make_topic, builders.make_author, builders.make_issue, builders.make_mook]


@pytest.mark.parametrize("make", MAKE, ids=lambda make: make.__name__)
def test_built_page_can_be_read(client: Client, front: Front, make: Callable[[], Page]) -> None:
    assert client.get(make().address).status_code == 200


@pytest.mark.parametrize("make", MAKE, ids=lambda make: make.__name__)
def test_built_page_that_is_withdrawn_is_gone(client: Client, front: Front, make: Callable[[], Page]) -> None:
    """It was published, so its record says when: else taking it down would look as if it had never been."""
    page = make()
    page.unpublish()
    assert client.get(page.address).status_code == 410


@pytest.mark.parametrize("make", MAKE, ids=lambda make: make.__name__)
def test_built_page_would_pass_the_desk(front: Front, make: Callable[[], Page]) -> None:
    make().full_clean()


def test_built_picture_has_its_words_and_file(front: Front) -> None:
    picture = builders.make_picture()
    assert picture.alt and picture.credit and picture.file.storage.exists(picture.file.name)
    assert (Picture.objects.get().width, Picture.objects.get().height) == (320, 200)
