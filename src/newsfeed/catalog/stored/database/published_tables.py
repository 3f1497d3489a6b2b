"""The tables of what was published from a store: to each target, and of each article."""

__all__ = ["PUBLISHED"]

PUBLISHED = (
    # where the store is published to; `revision` and `moment` are those of the catalog that was published last;
    # `published_at` is when a publish to it ended last, also one that had nothing to do
    """CREATE TABLE target (
            number INTEGER PRIMARY KEY,
            place TEXT NOT NULL UNIQUE,
            generation INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            moment TEXT NOT NULL,
            settings TEXT NOT NULL,
            sources TEXT NOT NULL,
            published_at TEXT
        )""",
    # `feed` is the key of a document's feed as JSON, empty for documents of the site; `feed_path` is empty for documents
    # that stay although their feeds are no longer planned there; `period` is that of an archive; `size`, `modified` or
    # `tag`, and `changed` are the stamp of its file, NULL if there is none; `vanished` and `carries` are JSON. The path
    # comes first in the key: by a key that begins with the target SQLite would look through all documents of a target
    # for those of a feed, instead of using the index
    """CREATE TABLE document (
            target INTEGER NOT NULL,
            path TEXT NOT NULL,
            feed TEXT NOT NULL,
            feed_path TEXT NOT NULL,
            period TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            digest TEXT NOT NULL,
            size BIGINT,
            modified BIGINT,
            tag TEXT,
            changed BIGINT,
            retired INTEGER NOT NULL,
            vanished TEXT,
            carries TEXT,
            PRIMARY KEY (path, target)
        ) WITHOUT ROWID""",
    "CREATE INDEX document_of_feed ON document (target, feed, period)",
    # the articles in documents that stay as they are although their feeds are no longer planned
    """CREATE TABLE kept_document (
            target INTEGER NOT NULL,
            article TEXT NOT NULL,
            path TEXT NOT NULL,
            PRIMARY KEY (target, article, path)
        )""",
    "CREATE INDEX kept_document_by_path ON kept_document (target, path)",
    "CREATE TABLE gone (target INTEGER NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (target, digest))",
    # what a publish that has begun and not ended is about to write
    "CREATE TABLE intent (target INTEGER NOT NULL, line TEXT NOT NULL)",
    "CREATE INDEX intent_of_target ON intent (target)",
    # feeds that change when a moment comes although no article does
    "CREATE TABLE feed_due (target INTEGER NOT NULL, feed TEXT NOT NULL, moment TEXT NOT NULL, PRIMARY KEY (target, feed))",
    "CREATE INDEX feed_due_by_moment ON feed_due (target, moment)",
    # articles that builds without the store had published and held back then; `digest` is that of a lock
    "CREATE TABLE sealed_article (number INTEGER PRIMARY KEY, seal TEXT NOT NULL)",
    "CREATE TABLE seal_lock (digest TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (digest, number))",
    # the articles that were ever published, by the ids that readers know; `own_id` and `url` are NULL where they are the
    # same as the id, `updated` where it is the same as `published`; moments are microseconds since 1970
    """CREATE TABLE published_article (
            id TEXT PRIMARY KEY,
            own_id TEXT,
            row_number INTEGER,
            story TEXT,
            language TEXT NOT NULL,
            url TEXT,
            published BIGINT NOT NULL,
            updated BIGINT,
            title BLOB,
            departed INTEGER NOT NULL
        )""",
    "CREATE INDEX published_article_by_own_id ON published_article (own_id) WHERE own_id IS NOT NULL",
    "CREATE INDEX published_article_by_row ON published_article (row_number)",
    "CREATE INDEX published_article_by_story ON published_article (story, language)",
    "CREATE INDEX published_article_by_url ON published_article (url) WHERE url IS NOT NULL",
    "CREATE INDEX published_article_by_title ON published_article (title, published)",
    "CREATE TABLE kept_id (own_id TEXT PRIMARY KEY, id TEXT NOT NULL)",
    "CREATE INDEX kept_id_by_id ON kept_id (id)",
    # entries that were made, compressed, for processes that begin with nothing; the oldest have the lowest numbers
    "CREATE TABLE kept_entry (number INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, entry BLOB NOT NULL)",
)
