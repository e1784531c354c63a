from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.pages import PageListingViewSet

from kawaraban.desk.models import Article, Author, Issue, Topic


class ArticleListing(PageListingViewSet):
    model = Article
    name = "articles"
    icon = "doc-full"
    menu_label = _("Articles")
    menu_order = 100
    add_to_admin_menu = True


class IssueListing(PageListingViewSet):
    model = Issue
    name = "issues"
    icon = "date"
    menu_label = _("Issues")
    menu_order = 160
    add_to_admin_menu = True


class TopicListing(PageListingViewSet):
    model = Topic
    name = "topics"
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 170
    add_to_admin_menu = True


class AuthorListing(PageListingViewSet):
    model = Author
    name = "authors"
    icon = "user"
    menu_label = _("Authors")
    menu_order = 180
    add_to_admin_menu = True


@hooks.register("register_admin_viewset")
def listings():
    return [ArticleListing(), IssueListing(), TopicListing(), AuthorListing()]


@hooks.register("construct_main_menu")
def without_unused(request, items):
    """Documents have no place in a magazine's pages; their menu entry goes."""
    items[:] = [item for item in items if item.name != "documents"]
