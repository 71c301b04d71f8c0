from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import jsonattrs_django.models.json_text


def give_names(apps: Any, schema_editor: Any) -> None:
    """Fill the column from what the definitions say."""
    records = apps.get_model("jsonattrs", "AttributeRecord").objects.using(schema_editor.connection.alias)
    changed = []
    for record in records.iterator():
        definition = record.definition if isinstance(record.definition, dict) else {}
        record.name = str(definition.get("name") or record.key)[:63]
        changed.append(record)
    records.bulk_update(changed, ["name"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("jsonattrs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="UniquenessRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=100)),
                ("keys", models.CharField(max_length=1000)),
                ("database", models.CharField(max_length=100)),
                ("state", models.CharField(default="building", max_length=10)),
                ("token", models.CharField(max_length=32)),
                ("checkpoint", jsonattrs_django.models.json_text.JSONTextField(null=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="uniquenessrecord",
            constraint=models.UniqueConstraint(
                fields=("content_type", "field", "keys", "database"), name="jsonattrs_uniqueness_claim"
            ),
        ),
        migrations.AddField(
            model_name="attributerecord",
            name="name",
            field=models.CharField(default="", editable=False, max_length=63, verbose_name="name"),
        ),
        migrations.RunPython(give_names, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="attributerecord",
            index=models.Index(fields=["name"], name="jsonattrs_attribute_name"),
        ),
        migrations.AddIndex(
            model_name="attributerecord",
            index=models.Index(fields=["key"], name="jsonattrs_attribute_by_key"),
        ),
    ]
