"""Makes the list of one source quick, and lets groups do on the wire desk what is like what they may do elsewhere: who may enter the desk sees it; who may publish
reads what was killed, and what came."""

from django.db import migrations, models
from django.db.models import Q

SEEING = {"wireitem": {"view_wireitem": "Can view wire item"}}
READING = {
    "wireitem": {
        "read_killed": "Can read copy that its agency has taken back",
    },
    "arrival": {"read_payloads": "Can read payloads as they came, and have quarantined ones tried again"},
}


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    enters = Q(permissions__codename="access_admin", permissions__content_type__app_label="wagtailadmin")
    publishes = Q(page_permissions__permission__codename="publish_page")
    for wanted, groups in ((SEEING, Group.objects.filter(enters)), (READING, Group.objects.filter(publishes))):
        found = permissions(apps, wanted)
        for group in groups.distinct():
            group.permissions.add(*found)


def permissions(apps, wanted):
    """Django makes them after the last migration, too late for this one."""
    ContentType, Permission = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    found = []
    for model, names in wanted.items():
        kind, _ = ContentType.objects.get_or_create(app_label="wires", model=model)
        found += [Permission.objects.get_or_create(content_type=kind, codename=code, defaults={"name": name})[0] for code, name in names.items()]
    return found


class Migration(migrations.Migration):

    dependencies = [
        ("wires", "0005_flash_permissions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="arrival",
            options={
                "ordering": ["-received_at", "-pk"],
                "permissions": [("read_payloads", "Can read payloads as they came, and have quarantined ones tried again")],
                "verbose_name": "arrival",
                "verbose_name_plural": "arrivals",
            },
        ),
        migrations.AlterField(
            model_name="arrival",
            name="state",
            field=models.CharField(
                choices=[("waiting", "waiting"), ("read", "read"), ("quarantined", "quarantined"), ("aside", "set aside")],
                default="waiting",
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="wireitem",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="wire_items",
                to="wires.source",
                verbose_name="source",
            ),
        ),
        migrations.AddIndex(model_name="wireitem", index=models.Index(fields=["source", "-received"], name="item_source")),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
