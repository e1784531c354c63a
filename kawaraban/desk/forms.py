from wagtail.admin.forms import WagtailAdminPageForm


class ArticleForm(WagtailAdminPageForm):
    """Starts a new article in the section under which it was begun; its address may stay empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if not self.instance.section_id and self.parent_page is not None:
            below = self.parent_page.specific
            self.initial["section"] = below.pk if below.depth == 3 else below.get_parent().pk
