"""Lets groups that may publish steer the flash, make its rules and raise banners."""

from django.db import migrations

VERBS = {"flashrule": ("add", "change", "delete"), "subjectsection": ("add", "change", "delete"), "banner": ("add", "change")}
NAMES = {"flashrule": "flash rule", "subjectsection": "section of a subject", "banner": "banner"}
STEER = ("steer_flash", "Can flash, pin, hide and reorder wire items")


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    found = permissions(apps)
    for group in Group.objects.filter(page_permissions__permission__codename="publish_page").distinct():
        group.permissions.add(*found)


def permissions(apps):
    """Django makes them after the last migration, too late for this one."""
    wanted = [(model, f"{verb}_{model}", f"Can {verb} {NAMES[model]}") for model, verbs in VERBS.items() for verb in verbs]
    return [permission(apps, *told) for told in [("wireitem", *STEER), *wanted]]


def permission(apps, model, code, name):
    ContentType, Permission = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    kind, _ = ContentType.objects.get_or_create(app_label="wires", model=model)
    return Permission.objects.get_or_create(content_type=kind, codename=code, defaults={"name": name})[0]


class Migration(migrations.Migration):

    dependencies = [
        ("wires", "0004_sources"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
