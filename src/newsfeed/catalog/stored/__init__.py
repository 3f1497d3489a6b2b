"""Articles in a database: the rows as they were put, and what is read of them."""
