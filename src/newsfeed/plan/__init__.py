"""The plan: rules × facets → the feeds to write, their paths, archives and pages, and when something is next due."""
