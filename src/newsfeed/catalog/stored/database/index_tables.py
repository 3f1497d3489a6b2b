"""The tables that are derived of a store's rows, so that a catalog is answered by index.

They can be made anew at any time; `refresh.py` does so when the site's settings change. Everything in them is exact as
of one moment, the `clock`: no query filters by time. `revision` is the number of the refresh that changed a thing last.

A rank is the moment of publication in seconds since 1970 as a negative number, so that the newest comes first
(`candidates.Rank`). `stands` and the moments of terms are such seconds, too; the moments of `due` are microseconds.

Some indexes are partial, because most articles aren't in a conflict, held back, or an edition of a story. SQLite uses
such an index only for a query that repeats its condition word for word. So some queries ask for
`state IN ('live', 'set aside') AND state = 'live'`: the first half is there for the index.
"""

__all__ = ["DERIVED", "DERIVED_TABLES"]

DERIVED = (
    # up to which change rows are refreshed, and how many refreshes have changed something
    "INSERT INTO counter (name, value) VALUES ('refreshed', 0)",
    "INSERT INTO counter (name, value) VALUES ('revision', 0)",
    # what queries need of each row; `state` is one of those in `derived_rows.py`, `parts` what it contributes to other tables
    """CREATE TABLE article (
        number INTEGER PRIMARY KEY,
        state TEXT NOT NULL,
        is_held_back INTEGER NOT NULL,
        own_id TEXT,
        story TEXT,
        language TEXT,
        url TEXT,
        title TEXT,
        rank DOUBLE PRECISION,
        stands DOUBLE PRECISION,
        digest BLOB,
        parts TEXT NOT NULL,
        changed INTEGER NOT NULL,
        revision INTEGER NOT NULL
    )""",
    # the rows that have an id: the one that wins stands last
    "CREATE INDEX article_by_id ON article (own_id, stands)",
    # what changed since a revision
    "CREATE INDEX article_by_revision ON article (revision)",
    # the editions of a story, and which of several in one language wins
    """CREATE INDEX article_by_edition ON article (story, language, stands)
        WHERE story IS NOT NULL AND state IN ('live', 'set aside')""",
    # whether a page or an edition is held back, so that no retired document may show it
    "CREATE INDEX article_held_back_by_page ON article (url) WHERE is_held_back = 1",
    """CREATE INDEX article_held_back_by_edition ON article (story, language)
        WHERE is_held_back = 1 AND story IS NOT NULL""",
    # the rows about whose conflicts there is a finding
    "CREATE INDEX article_in_conflict ON article (state) WHERE state IN ('loser', 'set aside')",
    # ids that no row has any longer
    "CREATE TABLE gone_id (own_id TEXT PRIMARY KEY, revision INTEGER NOT NULL)",
    "CREATE INDEX gone_id_by_revision ON gone_id (revision)",
    # what was found in a row, but for conflicts
    "CREATE TABLE row_finding (number INTEGER PRIMARY KEY, findings TEXT NOT NULL)",
    # the moments at which a row changes something; `is_reported`: of interest to those who ask when something is next due
    """CREATE TABLE due (
        number INTEGER NOT NULL,
        moment BIGINT NOT NULL,
        is_reported INTEGER NOT NULL,
        PRIMARY KEY (number, moment, is_reported)
    ) WITHOUT ROWID""",
    "CREATE INDEX due_by_moment ON due (moment, is_reported)",
    # how many rows of each source are in each state, and when one of its rows was put, withdrawn or removed last
    """CREATE TABLE source_count (
        source TEXT NOT NULL,
        state TEXT NOT NULL,
        articles INTEGER NOT NULL,
        PRIMARY KEY (source, state)
    ) WITHOUT ROWID""",
    "CREATE TABLE source_change (source TEXT PRIMARY KEY, changed_at TEXT NOT NULL)",
    # the feeds to which an article belongs or belonged; `live`: how many live articles they have
    """CREATE TABLE feed (
        number INTEGER PRIMARY KEY,
        rule INTEGER NOT NULL,
        terms TEXT NOT NULL,
        plain TEXT NOT NULL,
        live INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        UNIQUE (rule, terms)
    )""",
    "CREATE INDEX feed_by_plain_path ON feed (plain)",
    "CREATE INDEX feed_by_revision ON feed (revision)",
    """CREATE TABLE feed_term (
        facet TEXT NOT NULL,
        term TEXT NOT NULL,
        feed INTEGER NOT NULL,
        PRIMARY KEY (facet, term, feed)
    ) WITHOUT ROWID""",
    # the live articles of each feed, the newest first
    """CREATE TABLE membership (
        feed INTEGER NOT NULL,
        rank DOUBLE PRECISION NOT NULL,
        own_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (feed, rank, own_id)
    ) WITHOUT ROWID""",
    # the same by the period in which they were published, for feeds with archives
    """CREATE TABLE archived (
        feed INTEGER NOT NULL,
        period TEXT NOT NULL,
        rank DOUBLE PRECISION NOT NULL,
        own_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (feed, period, rank, own_id)
    ) WITHOUT ROWID""",
    # and those of them that were updated in a later one, by the period of the update, the last updated first
    """CREATE TABLE late_update (
        feed INTEGER NOT NULL,
        period TEXT NOT NULL,
        stands DOUBLE PRECISION NOT NULL,
        rank DOUBLE PRECISION NOT NULL,
        own_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (feed, period, stands, rank, own_id)
    ) WITHOUT ROWID""",
    # what was withdrawn from each feed, the latest first; only while tombstones last
    """CREATE TABLE tombstone (
        feed INTEGER NOT NULL,
        rank DOUBLE PRECISION NOT NULL,
        own_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (feed, rank, own_id)
    ) WITHOUT ROWID""",
    # how many live articles each period of a feed with archives has, and how many have left it; `archive_revision` is the
    # revision in which the first one came or the last one went
    """CREATE TABLE feed_period (
        feed INTEGER NOT NULL,
        period TEXT NOT NULL,
        live INTEGER NOT NULL,
        departed INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        archive_revision INTEGER NOT NULL,
        PRIMARY KEY (feed, period)
    ) WITHOUT ROWID""",
    "CREATE INDEX feed_period_by_revision ON feed_period (feed, revision)",
    # topics and authors in each language: their folded segments in paths with and without a language, and their
    # first use, which is NULL when there is none any longer
    """CREATE TABLE term (
        number INTEGER PRIMARY KEY,
        facet TEXT NOT NULL,
        term TEXT NOT NULL,
        language TEXT NOT NULL,
        segment TEXT NOT NULL,
        bare_segment TEXT NOT NULL,
        first_moment DOUBLE PRECISION,
        first_id TEXT,
        first_position INTEGER,
        UNIQUE (facet, term, language)
    )""",
    "CREATE INDEX term_by_segment ON term (facet, language, segment)",
    "CREATE INDEX term_by_bare_segment ON term (facet, bare_segment)",
    # the articles, live or not, that have a term, the earliest first
    """CREATE TABLE term_use (
        term INTEGER NOT NULL,
        moment DOUBLE PRECISION NOT NULL,
        own_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (term, moment, own_id)
    ) WITHOUT ROWID""",
    # stories with several live editions, and the month in which the first of these was published
    "CREATE TABLE story (story TEXT PRIMARY KEY, month TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX story_by_month ON story (month)",
    "CREATE TABLE story_month (month TEXT PRIMARY KEY, revision INTEGER NOT NULL) WITHOUT ROWID",
)

#: The tables to empty before everything is derived anew. In which revision things changed before stays known.
DERIVED_TABLES = (
    "article",
    "row_finding",
    "due",
    "source_count",
    "source_change",
    "feed",
    "feed_term",
    "membership",
    "archived",
    "late_update",
    "tombstone",
    "feed_period",
    "term",
    "term_use",
    "story",
)
