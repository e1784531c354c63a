from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kawaraban.wires.models.wire_item import WireItem


class ArticleOriginQuerySet(models.QuerySet["ArticleOrigin"]):
    def killed(self) -> "ArticleOriginQuerySet":
        """Of articles whose item the agency has taken back, or the correction of it that they follow."""
        usable, follows = models.Q(item__status=WireItem.Status.USABLE), models.Q(accepted__item__status=WireItem.Status.USABLE)
        return self.exclude(usable & (follows | models.Q(accepted__isnull=True)))

    def behind(self) -> "ArticleOriginQuerySet":
        """Of articles whose item has a later version than the accepted one, or was replaced by another item."""
        is_replaced = models.Q(item__replaced_by__isnull=False)
        newer = models.Q(item__face__isnull=False) & ~models.Q(item__face=models.F("accepted"))
        return self.filter(~is_replaced & newer | is_replaced & ~models.Q(item__replaced_by__face=models.F("accepted")))


class ArticleOrigin(models.Model):
    """An article was made from an item."""

    article = models.ForeignKey("desk.Article", on_delete=models.CASCADE, related_name="origins", verbose_name=_("article"))
    item = models.ForeignKey(WireItem, on_delete=models.PROTECT, related_name="origins", verbose_name=_("wire item"))
    accepted = models.ForeignKey(
        "wires.WireVersion", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("version that the article follows")
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created = models.DateTimeField(_("since"), auto_now_add=True)

    objects = ArticleOriginQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("origin of an article")
        verbose_name_plural = _("origins of articles")
        constraints = [models.UniqueConstraint(fields=["article", "item"], name="origin_once")]

    def __str__(self) -> str:
        return f"{self.article_id} ← {self.item_id}"
