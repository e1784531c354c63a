from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from wagtail.permission_policies import ModelPermissionPolicy

from kawaraban.wires.models import Source


class LookOnly(ModelPermissionPolicy):
    """Agency copy is not ours to change: who may see the wire desk may see it, nobody may edit it."""

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        return action == "view" and user.is_active and user.has_perms(["wagtailadmin.access_admin", "wires.view_wireitem"])

    def user_has_any_permission(self, user: AbstractUser, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class SourcePolicy(ModelPermissionPolicy):
    """What stands in kawaraban.toml is changed there; a source from which something came stays, since its copy names it."""

    def user_has_permission_for_instance(self, user: AbstractUser, action: str, instance: Source) -> bool:
        if not self.user_has_permission(user, action):
            return False
        if action == "delete" and instance.arrivals.exists():
            return False
        return action == "view" or not instance.is_from_file
