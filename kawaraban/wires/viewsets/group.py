from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from kawaraban.wires.viewsets.banners import BannerViewSet
from kawaraban.wires.viewsets.flash import FlashViewSet
from kawaraban.wires.viewsets.rules import RuleViewSet
from kawaraban.wires.viewsets.subjects import SubjectViewSet


class FlashGroup(ViewSetGroup):
    menu_label = _("Flash")
    menu_name = "flash"
    menu_icon = "bolt"
    menu_order = 155
    items = (FlashViewSet, BannerViewSet, RuleViewSet, SubjectViewSet)
