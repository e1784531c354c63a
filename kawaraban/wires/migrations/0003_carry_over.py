"""Gives the items that were there their first version and namespace, and the table of sections what it begins with."""

import hashlib
import json
import unicodedata

from django.db import migrations

from kawaraban.wires.default_sections import rows

CHUNK = 500
KEPT = ("guid", "headline", "language", "urgency", "agency", "address")


def carry_over(apps, schema_editor):
    WireItem, WireVersion = (apps.get_model("wires", name) for name in ("WireItem", "WireVersion"))
    last = 0
    while items := list(WireItem.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = items[-1].pk
        versions = WireVersion.objects.bulk_create(first_version(WireVersion, item) for item in items)
        for item, version in zip(items, versions, strict=True):
            item.namespace = " ".join(unicodedata.normalize("NFKC", item.agency).casefold().split())[:80]
            item.received = item.published
            item.face_id = version.pk
            if item.status != "usable":
                item.killed_at = item.published
            if item.status == "canceled":
                item.headline = item.body = ""
        WireItem.objects.bulk_update(items, ["namespace", "received", "face_id", "killed_at", "headline", "body"])


def first_version(WireVersion, item):
    copy = {name: getattr(item, name) for name in KEPT}
    copy |= {"format": "", "version": 1, "status": item.status, "body_text": item.body, "published": item.published.isoformat()}
    if item.embargoed_until:
        copy["embargoed_until"] = item.embargoed_until.isoformat()
    digest = hashlib.sha256(json.dumps(copy, sort_keys=True).encode()).hexdigest()
    return WireVersion(
        item=item, number=1, status=item.status, told_at=item.published, received_at=item.published, digest=digest, copy=copy
    )


def fill_sections(apps, schema_editor):
    SubjectSection = apps.get_model("wires", "SubjectSection")
    SubjectSection.objects.bulk_create(SubjectSection(**row) for row in rows())


class Migration(migrations.Migration):

    dependencies = [("wires", "0002_wires")]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RunPython(fill_sections, migrations.RunPython.noop),
    ]
