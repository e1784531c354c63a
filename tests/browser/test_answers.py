"""What machines are told besides the text: statuses, heads, linked data, and whatever a page's addresses lead to."""

import pytest

pytestmark = pytest.mark.audit


def test_every_kind_answers_with_its_status(site, kind):
    assert site.html(kind).lower().startswith("<!doctype html>")
