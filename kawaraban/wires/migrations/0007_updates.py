from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wires", "0006_desk")]

    operations = [
        migrations.AlterField(
            model_name="instruction",
            name="kind",
            field=models.CharField(choices=[("kills", "kills"), ("corrects", "corrects"), ("updates", "updates")], max_length=8, verbose_name="kind"),
        ),
    ]
