from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.documents.wagtail_hooks import DocumentsSummaryItem

from kawaraban.desk.models import Article, Author, Front, Issue, Topic


class FlatIndexView(IndexView):
    """All pages of a type. Who may see the whole tree is not asked again for each page: with 100,000 that takes a second."""

    def get_base_queryset(self):
        policy, front = self.permission_policy, Front.objects.first()
        everything = policy.instances_with_direct_explore_permission(self.request.user)
        if front is None or not any(front.path.startswith(page.path) for page in everything):
            return super().get_base_queryset()
        return self.annotate_queryset(self.model.objects.all())

    def annotate_queryset(self, pages):
        """Wagtail's, without asking for the specific page of what is one already."""
        pages = pages.prefetch_related("content_type", "sites_rooted_here").defer_streamfields().prefetch_workflow_states()
        return pages.annotate_site_root_state().annotate_approved_schedule()


class ArticleIndexView(FlatIndexView):
    def annotate_queryset(self, pages):
        pages = super().annotate_queryset(pages.select_related("section"))
        for annotate in hooks.get_hooks("annotate_articles"):
            pages = annotate(pages)
        return pages

    def search_queryset(self, queryset):
        newest = self.is_searching and not self.is_explicitly_ordered
        return super().search_queryset(queryset.order_by("-published_at") if newest else queryset)


class HeadlineColumn(PageTitleColumn):
    """With the alarm that a higher room has annotated, such as that the agency has killed the article's copy."""

    cell_template_name = "desk/headline_cell.html"


class FlatListing(PageListingViewSet):
    index_view_class = FlatIndexView


class ArticleListing(FlatListing):
    model = Article
    index_view_class = ArticleIndexView
    name = "articles"
    icon = "doc-full"
    menu_label = _("Articles")
    menu_order = 100
    add_to_admin_menu = True
    ordering = "-published_at"
    columns = [
        BulkActionsColumn("bulk_actions"),
        HeadlineColumn("title", label=_("Headline"), sort_key="title", classname="title"),
        Column("section", label=_("Section"), sort_key="section__title", width="12%"),
        DateColumn("published_at", label=_("Date shown"), sort_key="published_at", width="12%"),
        DateColumn("latest_revision_created_at", label=pgettext_lazy("column", "Edited"), sort_key="latest_revision_created_at", width="12%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]


class IssueListing(FlatListing):
    model = Issue
    name = "issues"
    icon = "date"
    menu_label = _("Issues")
    ordering = "-cover_date"
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Main cover line"), sort_key="title", classname="title"),
        DateColumn("cover_date", label=_("Cover date"), sort_key="cover_date", width="14%"),
        DateColumn("on_sale_date", label=_("On-sale date"), sort_key="on_sale_date", width="14%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]
    menu_order = 160
    add_to_admin_menu = True


class TopicListing(FlatListing):
    model = Topic
    name = "topics"
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 170
    add_to_admin_menu = True


class AuthorListing(FlatListing):
    model = Author
    name = "authors"
    icon = "user"
    menu_label = _("Authors")
    menu_order = 180
    add_to_admin_menu = True


@hooks.register("register_admin_viewset")
def listings():
    return [ArticleListing(), IssueListing(), TopicListing(), AuthorListing()]


@hooks.register("register_admin_menu_item")
def reader_site():
    return MenuItem(_("Reader pages"), settings.KAWARABAN.readers_address, icon_name="site", order=90, attrs={"target": "_blank", "rel": "noopener"})


@hooks.register("insert_global_admin_css")
def inks():
    return format_html('<link rel="stylesheet" href="{}">', static("kawaraban-desk/desk.css"))


@hooks.register("construct_main_menu")
def menu_without_documents(request, items):
    items[:] = [item for item in items if item.name != "documents"]


@hooks.register("construct_homepage_summary_items")
def summary_without_documents(request, items):
    items[:] = [item for item in items if not isinstance(item, DocumentsSummaryItem)]
