from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Collection, GroupCollectionPermission, Task, Workflow

from kawaraban.desk.models import Picture

PICTURE_PERMISSIONS = ("add_picture", "change_picture", "choose_image")


def set_up_groups() -> None:
    """Lets Wagtail's two groups use our pictures, and names them and its workflow in the magazine's language."""
    wanted = Permission.objects.filter(content_type=ContentType.objects.get_for_model(Picture), codename__in=PICTURE_PERMISSIONS)
    for group in Group.objects.filter(name__in=["Moderators", "Editors"]):
        for permission in wanted:
            GroupCollectionPermission.objects.get_or_create(group=group, collection=Collection.get_first_root_node(), permission=permission)
    with override(settings.LANGUAGE_CODE):
        Group.objects.filter(name="Moderators").update(name=_("Desk editors"))
        Group.objects.filter(name="Editors").update(name=_("Writers and translators"))
        for kind in (Workflow, Task):
            kind.objects.filter(name="Moderators approval").update(name=_("Approval by the desk"))
