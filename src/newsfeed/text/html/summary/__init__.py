"""Summaries made of how an article begins, for articles that come without one."""
