"""A Django app with models of all kinds, for tests of newsfeed.contrib.django."""
