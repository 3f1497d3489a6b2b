"""The tables of articles, authors and categories."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Author",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.SlugField(unique=True)),
            ],
            options={
                "verbose_name_plural": "categories",
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("az", "Azərbaycanca"), ("ru", "Русский")], max_length=2
                    ),
                ),
                (
                    "story",
                    models.SlugField(
                        blank=True, help_text="The same for all language editions of a story", max_length=100
                    ),
                ),
                ("slug", models.SlugField(max_length=100)),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True)),
                ("content", models.TextField(blank=True)),
                (
                    "published",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="A moment in the future is an embargo"
                    ),
                ),
                ("updated", models.DateTimeField(auto_now=True)),
                ("is_public", models.BooleanField(default=False)),
                ("authors", models.ManyToManyField(blank=True, to="news.author")),
                ("categories", models.ManyToManyField(blank=True, to="news.category")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("language", "slug"), name="address")],
            },
        ),
    ]
