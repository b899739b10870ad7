"""The tables of the catalogue, version by version. A version that was given out is never changed: write the next one."""

from __future__ import annotations

VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID",
        # Narrow, so that a question that no index answers looks at few pages: 100,000 clips are 12 MB. `genres` and its like
        # are bits in the order of the family's file, `genre` the surest one. A clip with an empty name is known by what was
        # said of it, or by its children, and was not seen yet.
        """CREATE TABLE asset (
            id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL DEFAULT 0, name TEXT NOT NULL DEFAULT '',
            kind TEXT NOT NULL DEFAULT '', engine TEXT NOT NULL DEFAULT '', seconds REAL NOT NULL DEFAULT 0,
            rating INTEGER NOT NULL DEFAULT 0, used INTEGER NOT NULL DEFAULT 0, generation INTEGER NOT NULL DEFAULT 0,
            cost REAL NOT NULL DEFAULT 0, created TEXT NOT NULL DEFAULT '', colour INTEGER NOT NULL DEFAULT -1,
            quality REAL NOT NULL DEFAULT 1, measured INTEGER NOT NULL DEFAULT 0,
            genres INTEGER NOT NULL DEFAULT 0, pacings INTEGER NOT NULL DEFAULT 0, styles INTEGER NOT NULL DEFAULT 0,
            genre INTEGER NOT NULL DEFAULT -1, pacing INTEGER NOT NULL DEFAULT -1, style INTEGER NOT NULL DEFAULT -1)""",
        "CREATE INDEX asset_rev ON asset (rev)",
        "CREATE INDEX asset_made ON asset (created DESC, id DESC) WHERE name <> ''",
        "CREATE INDEX asset_name ON asset (name COLLATE NOCASE, id) WHERE name <> ''",
        """CREATE INDEX asset_kinds ON asset (genres, pacings, styles, rating, used, seconds, cost, kind, engine)
            WHERE name <> ''""",
        """CREATE TABLE fact (
            asset INTEGER PRIMARY KEY, width INTEGER, height INTEGER, rate REAL, seed INTEGER, operation TEXT, words TEXT,
            traits TEXT)""",
        "CREATE TABLE vector (asset INTEGER PRIMARY KEY, version TEXT NOT NULL, parts BLOB NOT NULL)",
        """CREATE TABLE embedding (
            asset INTEGER, part TEXT, version TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (asset, part)) WITHOUT ROWID""",
        "CREATE TABLE evidence (asset INTEGER PRIMARY KEY, version TEXT NOT NULL, found TEXT NOT NULL)",
        "CREATE TABLE place (path TEXT PRIMARY KEY, asset INTEGER NOT NULL, size INTEGER, modified INTEGER, seen REAL)",
        "CREATE INDEX place_asset ON place (asset)",
        "CREATE TABLE tag (word TEXT, asset INTEGER, PRIMARY KEY (word, asset)) WITHOUT ROWID",
        "CREATE INDEX tag_asset ON tag (asset)",
        "CREATE TABLE rated (asset INTEGER PRIMARY KEY, rating INTEGER NOT NULL)",
        """CREATE TABLE moved (
            asset INTEGER, cluster TEXT, belongs INTEGER NOT NULL, PRIMARY KEY (asset, cluster)) WITHOUT ROWID""",
        "CREATE INDEX moved_cluster ON moved (cluster)",
        "CREATE TABLE own (cluster TEXT PRIMARY KEY, name TEXT NOT NULL, rule TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE member (
            asset INTEGER, cluster TEXT, confidence REAL NOT NULL, reasons TEXT NOT NULL, manual INTEGER NOT NULL,
            PRIMARY KEY (asset, cluster)) WITHOUT ROWID""",
        "CREATE INDEX member_cluster ON member (cluster, asset)",
        "CREATE TABLE project (id TEXT PRIMARY KEY, name TEXT, path TEXT, seen REAL) WITHOUT ROWID",
        """CREATE TABLE use (
            project TEXT, media TEXT, asset INTEGER NOT NULL, count INTEGER NOT NULL, rating INTEGER NOT NULL, note TEXT,
            PRIMARY KEY (project, media)) WITHOUT ROWID""",
        "CREATE INDEX use_asset ON use (asset)",
        """CREATE TABLE edge (
            parent INTEGER, child INTEGER, relationship TEXT, operation TEXT, PRIMARY KEY (parent, child)) WITHOUT ROWID""",
        "CREATE INDEX edge_child ON edge (child)",
        """CREATE TABLE ledger (
            asset INTEGER, engine TEXT, cost REAL, created TEXT, PRIMARY KEY (asset, engine, created)) WITHOUT ROWID""",
        "CREATE TABLE transcript (asset INTEGER, start REAL, until REAL, spoken TEXT)",
        "CREATE INDEX transcript_asset ON transcript (asset)",
        """CREATE VIRTUAL TABLE text USING fts5 (
            name, words, tags, notes, spoken, tokenize = "porter unicode61 remove_diacritics 2")""",
    ),
    # Folders and files that were named to be looked at: now, after a rebuild, and now and then.
    ("CREATE TABLE watched (path TEXT PRIMARY KEY) WITHOUT ROWID",),
    # In which order a clip was moved: of a family that allows one or two the latest hold.
    ("ALTER TABLE moved ADD COLUMN turn INTEGER NOT NULL DEFAULT 0",),
    # Edges of each project, so that they go with what it tells no more; of those from before nobody knows whose they are.
    (
        """CREATE TABLE told (
            project TEXT, parent INTEGER, child INTEGER, relationship TEXT, operation TEXT,
            PRIMARY KEY (project, parent, child)) WITHOUT ROWID""",
        "INSERT INTO told SELECT '', parent, child, relationship, operation FROM edge",
        "DROP TABLE edge",
        "ALTER TABLE told RENAME TO edge",
        "CREATE INDEX edge_child ON edge (child, parent)",
    ),
    ("ALTER TABLE ledger ADD COLUMN currency TEXT NOT NULL DEFAULT 'USD'",),
)
