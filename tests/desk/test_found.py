from wagtail.models import Page, Site

from kawaraban.desk.actions.found import found
from kawaraban.desk.actions.welcome import first_editor
from kawaraban.desk.models import Authors, Front, Issues, Mooks, Topics


def test_found_makes_the_front_page_and_its_lists(db: None) -> None:
    front = found("汐見")
    assert (front.title, front.address) == ("汐見", "/")
    assert [kind.objects.get().address for kind in (Topics, Authors, Issues, Mooks)] == ["/topics", "/authors", "/magazine", "/mooks"]
    assert Page.objects.filter(depth=2).count() == 1


def test_found_twice_changes_nothing(db: None) -> None:
    found("汐見")
    before = list(Page.objects.values_list("pk", "title", "path"))
    found("別の名")
    assert list(Page.objects.values_list("pk", "title", "path")) == before


def test_found_brings_back_a_list_that_is_gone(front: Front) -> None:
    Mooks.objects.get().delete()
    front.refresh_from_db()
    found("汐見")
    assert Mooks.objects.count() == 1


def test_found_answers_at_the_configured_address(front: Front) -> None:
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page_id, site.is_default_site) == ("127.0.0.1", 8000, front.pk, True)


def test_first_editor_may_do_everything(django_user_model, front: Front) -> None:
    first_editor("editor", "a long password")
    user = django_user_model.objects.get()
    assert user.is_superuser and user.check_password("a long password")


def test_first_editor_keeps_the_password_that_is_there(django_user_model, front: Front) -> None:
    first_editor("editor", "a long password")
    first_editor("editor", "another password")
    assert django_user_model.objects.get().check_password("a long password")
