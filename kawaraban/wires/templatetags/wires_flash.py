from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def named(names: dict[int, str], key: int) -> str:
    """The name of a rule by its key; the one in the form that is not stored has none yet."""
    return names.get(key) or names.get(0) or _("this rule")
