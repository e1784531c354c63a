"""What editors do to the rankings: who may enter the desk sees what is read, who may publish steers the lists and exports them."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

SEEING = {"view_readership": "Can see what is read"}
STEERING = {
    "steer_rankings": "Can pin, exclude and hold in the rankings, and settle flags",
    "export_readership": "Can export what is read",
}


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    enters = Q(permissions__codename="access_admin", permissions__content_type__app_label="wagtailadmin")
    publishes = Q(page_permissions__permission__codename="publish_page")
    for names, groups in ((SEEING, Group.objects.filter(enters)), (STEERING, Group.objects.filter(publishes))):
        found = permissions(apps, names)
        for group in groups.distinct():
            group.permissions.add(*found)


def permissions(apps, names):
    """Django makes them after the last migration, too late for this one."""
    ContentType, Permission = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    kind, _ = ContentType.objects.get_or_create(app_label="readership", model="pin")
    return [Permission.objects.get_or_create(content_type=kind, codename=code, defaults={"name": name})[0] for code, name in names.items()]


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0001_initial'),
        ('readership', '0002_counts'),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0094_alter_page_locale"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('monday', models.DateField(unique=True, verbose_name='week from')),
                ('claimed_at', models.DateTimeField(verbose_name='begun')),
                ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='mailed')),
            ],
            options={
                'verbose_name': 'weekly report',
                'verbose_name_plural': 'weekly reports',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('made_at', models.DateTimeField(verbose_name='since')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('window', models.CharField(blank=True, choices=[('24h', '24 hours'), ('7d', '7 days'), ('30d', '30 days')], max_length=3, verbose_name='window')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exclusions', to='desk.article', verbose_name='article')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
            ],
            options={
                'verbose_name': 'exclusion from the rankings',
                'verbose_name_plural': 'exclusions from the rankings',
                'ordering': ['-made_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('made_at', models.DateTimeField(verbose_name='since')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('window', models.CharField(choices=[('24h', '24 hours'), ('7d', '7 days'), ('30d', '30 days')], max_length=3, verbose_name='window')),
                ('articles', models.JSONField(default=list, verbose_name='articles')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.section', verbose_name='section')),
            ],
            options={
                'verbose_name': 'held ranking',
                'verbose_name_plural': 'held rankings',
                'ordering': ['-made_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('made_at', models.DateTimeField(verbose_name='since')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('window', models.CharField(blank=True, choices=[('24h', '24 hours'), ('7d', '7 days'), ('30d', '30 days')], max_length=3, verbose_name='window')),
                ('position', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='rank')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pins', to='desk.article', verbose_name='article')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.section', verbose_name='section')),
            ],
            options={
                'verbose_name': 'pinned rank',
                'verbose_name_plural': 'pinned ranks',
                'ordering': ['position', '-pk'],
                'permissions': [('view_readership', 'Can see what is read'), ('steer_rankings', 'Can pin, exclude and hold in the rankings, and settle flags'), ('export_readership', 'Can export what is read')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('made_at', models.DateTimeField(verbose_name='since')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clearances', to='desk.article', verbose_name='article')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
            ],
            options={
                'verbose_name': 'settled flag',
                'verbose_name_plural': 'settled flags',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('article', 'day'), name='one_clearance_a_day')],
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
