"""WordPress: its REST API and its export file. Both have the same posts, in other words."""
