"""Articles in a database, and the catalog that is answered by its index: five rooms, each of which knows those above it here.

- `database/`: one protocol for SQLite and PostgreSQL, and the tables.
- `rows/`: putting. A row is stored as it was given.
- `sync/`: putting what changed in files.
- `index/`: deriving. From rows that changed, or whose time has come, to the tables that questions need.
- `answers/`: asking. The catalog, as of one moment.

What was published, and to which targets, is the business of `newsfeed.publish`.
"""
