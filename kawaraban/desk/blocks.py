"""The kinds of blocks that an article's body is made of."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    PageChooserBlock,
    RichTextBlock,
    StaticBlock,
    StreamBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
    URLBlock,
)
from wagtail.images.blocks import ImageChooserBlock


class RelatedBlock(StructBlock):
    label = CharBlock(label=_("label"), required=False, max_length=20, help_text=_("In its brackets, such as 【動画】 or 【写真】."))
    article = PageChooserBlock(label=_("article"), required=False, page_type="desk.Article")
    title = CharBlock(label=_("title"), required=False, help_text=_("Empty: the article's headline."))
    address = URLBlock(label=_("address"), required=False, help_text=_("Only for a piece outside this magazine."))

    class Meta:
        icon = "link"
        label = _("Related link")
        label_format = "{label} {title}"

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned["article"] and not cleaned["title"]:
            raise StructBlockValidationError({"title": ValidationError(_("Choose an article, or enter a title."))})
        return cleaned


class PictureBlock(StructBlock):
    picture = ImageChooserBlock(label=_("picture"))
    caption = TextBlock(label=_("caption"), required=False, rows=2, help_text=_("Empty: the picture's own caption."))

    class Meta:
        icon = "image"
        label = _("Picture")

    def clean(self, value):
        cleaned = super().clean(value)
        if lacking := lacking_words(cleaned["picture"]):
            raise StructBlockValidationError({"picture": ValidationError(lacking)})
        return cleaned


class QuotationBlock(StructBlock):
    text = TextBlock(label=_("quoted text"), rows=3)
    source = CharBlock(label=_("who said it, or where"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")


class EmbedBlock(StructBlock):
    address = URLBlock(label=_("address"))
    title = CharBlock(
        label=_("title"), help_text=_("What readers find there. It is shown as a link: nothing of another site is loaded into the page.")
    )

    class Meta:
        icon = "media"
        label = _("Embed")


class BodyBlock(StreamBlock):
    paragraph = RichTextBlock(label=_("Paragraph"), features=["bold", "italic", "link", "superscript", "subscript"], icon="pilcrow")
    subheading = CharBlock(label=_("Subheading"), icon="title", max_length=60)
    related = RelatedBlock()
    picture = PictureBlock()
    quotation = QuotationBlock()
    embed = EmbedBlock()
    page_break = StaticBlock(label=_("Page break"), icon="minus", admin_text=_("A new page starts here."))

    class Meta:
        block_counts = {"page_break": {"max_num": 19}}


def lacking_words(picture):
    """The sentence that says what a picture still needs before readers may see it; empty when nothing."""
    if picture is None:
        return ""
    lacks_alt, lacks_credit = not picture.alt.strip(), not picture.credit.strip()
    if lacks_alt and lacks_credit:
        return _("“%(title)s” has neither alternative text nor credit. Open the picture and enter both.") % {"title": picture.title}
    if lacks_alt:
        return _("“%(title)s” has no alternative text. Open the picture and say what one sees.") % {"title": picture.title}
    if lacks_credit:
        return _("“%(title)s” has no credit. Open the picture and enter who took or owns it.") % {"title": picture.title}
    return ""
