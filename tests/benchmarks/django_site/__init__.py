"""A Django site with the same news three times, and three ways to bring them into feeds."""
