from wagtail.admin.forms import WagtailAdminPageForm


class ReaderPageForm(WagtailAdminPageForm):
    """The address may stay empty: it is made from the page's words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


class ArticleForm(ReaderPageForm):
    """Starts a new article in the section under which it was begun."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.section_id and self.parent_page is not None:
            below = self.parent_page.specific
            self.initial["section"] = below.pk if below.depth == SECTION_DEPTH else below.get_parent().pk


SECTION_DEPTH = 3  # root, front page, section; a month lies one deeper
