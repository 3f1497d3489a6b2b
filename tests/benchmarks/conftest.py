"""What pytest imports for doctests alone must be there: peers are imported by the tests, if installed, and Django's site by it."""

collect_ignore_glob = ["peers/*", "django_site/*"]
