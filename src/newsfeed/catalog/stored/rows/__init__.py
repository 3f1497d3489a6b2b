"""The rows of a store: put, withdrawn, removed, and read one after the other.

Putting a row changes nothing else. The index is brought up to date when a question is asked: see `index/`.
"""
