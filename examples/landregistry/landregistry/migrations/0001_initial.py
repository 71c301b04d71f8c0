"""The tables of organisations, projects, parties and spatial units."""

import django.db.models.deletion
from django.db import migrations, models

import jsonattrs_django.fields


class Migration(migrations.Migration):
    """Made by makemigrations."""

    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Organization",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=200)),
                ("attrs", jsonattrs_django.fields.JSONAttributeField()),
            ],
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=200)),
                ("attrs", jsonattrs_django.fields.JSONAttributeField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="projects",
                        to="landregistry.organization",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "type",
                    models.CharField(
                        choices=[("IN", "Individual"), ("GR", "Group"), ("CO", "Corporation")],
                        default="IN",
                        max_length=2,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("attrs", jsonattrs_django.fields.JSONAttributeField()),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="landregistry.project"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "parties",
            },
        ),
        migrations.CreateModel(
            name="SpatialUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "type",
                    models.CharField(
                        choices=[("PA", "Parcel"), ("BU", "Building"), ("RW", "Right of way")],
                        default="PA",
                        max_length=2,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("attrs", jsonattrs_django.fields.JSONAttributeField()),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spatial_units",
                        to="landregistry.project",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(fields=("organization", "slug"), name="project_slug"),
        ),
    )
