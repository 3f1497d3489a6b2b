"""A small newsroom with Django's admin, whose feeds are written when an article is saved.

    python manage.py migrate
    python manage.py load_report
    python manage.py createsuperuser
    python manage.py runserver

Then save an article in /admin/, and look at /feeds/en/all.rss.
"""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
execute_from_command_line(sys.argv)
