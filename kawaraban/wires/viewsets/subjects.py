from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from kawaraban.wires.models import SubjectSection


class SubjectViewSet(ModelViewSet):
    """Which section a subject belongs to: the defaults, and what editors make of them."""

    model = SubjectSection
    name = "subject_sections"
    icon = "tag"
    menu_label = _("Sections of subjects")
    menu_order = 40
    add_to_reference_index = False
    copy_view_enabled = False
    form_fields = ("scheme", "code", "name", "section")
    list_display = ["name", "scheme", "code", "section"]
    list_filter = ["scheme", "section"]
    search_fields = ["name", "code", "section"]
    list_per_page = 100
