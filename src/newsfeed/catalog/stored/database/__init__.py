"""The database of a store, SQLite or PostgreSQL: how it is reached, its tables, and what its errors mean.

`connection.py` is what the other rooms may ask of a database, whichever it is. `schema.py` has the tables: rows as they were
put, the index, which can be derived anew from them at any time (`index_tables.py`), and what was published
(`published_tables.py`).
"""
