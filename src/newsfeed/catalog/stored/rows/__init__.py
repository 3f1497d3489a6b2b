"""The rows of a store: put, withdrawn, removed, and read one after the other.

Whoever puts a row changes nothing else. The index is brought up to date when somebody asks: see `index/`.
"""
