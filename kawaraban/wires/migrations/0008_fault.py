from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wires", "0007_updates")]

    operations = [
        migrations.AddField(model_name="source", name="fault", field=models.JSONField(blank=True, default=dict, editable=False)),
    ]
