-- Bills, what is owed, spends, and a stopwatch.

CREATE TABLE batch (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    files VARCHAR NOT NULL
);

CREATE TABLE bill_row (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    account VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    amount_fen INTEGER NOT NULL,
    verdict VARCHAR NOT NULL,
    counterparty VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    number VARCHAR,
    merchant_number VARCHAR,
    assigned VARCHAR,
    assigned_by VARCHAR,
    CONSTRAINT bill_row_direction CHECK (direction IN ('in', 'out', 'neutral')),
    CONSTRAINT bill_row_verdict CHECK (verdict IN ('received', 'pending', 'refund', 'transfer', 'expense', 'closed', 'unknown')),
    CONSTRAINT bill_row_amount CHECK (amount_fen >= 0),
    CONSTRAINT bill_row_assigned_by CHECK (assigned_by IN ('rule', 'user')),
    FOREIGN KEY(batch_id) REFERENCES batch (id) ON DELETE CASCADE,
    UNIQUE ("key")
);

CREATE INDEX ix_bill_row_account ON bill_row (account);

CREATE INDEX ix_bill_row_assigned ON bill_row (assigned);

CREATE INDEX ix_bill_row_batch_id ON bill_row (batch_id);

CREATE TABLE rule (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    base VARCHAR,
    field VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    target VARCHAR,
    confidence INTEGER NOT NULL,
    origin VARCHAR NOT NULL,
    hits INTEGER NOT NULL,
    misses INTEGER NOT NULL,
    enabled BOOLEAN NOT NULL,
    added_on VARCHAR NOT NULL,
    CONSTRAINT rule_confidence CHECK (confidence BETWEEN 0 AND 100),
    CONSTRAINT rule_origin CHECK (origin IN ('user', 'learned')),
    UNIQUE (base)
);

CREATE TABLE mapping (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    columns VARCHAR NOT NULL,
    added_on VARCHAR NOT NULL,
    UNIQUE (columns)
);

ALTER TABLE gig ADD COLUMN kept_fen INTEGER DEFAULT 0 NOT NULL;

ALTER TABLE gig ADD COLUMN paid_by_bill BOOLEAN DEFAULT 0 NOT NULL;

ALTER TABLE gig ADD COLUMN import_key VARCHAR;

CREATE UNIQUE INDEX ux_gig_import_key ON gig (import_key);

ALTER TABLE payout ADD COLUMN bill_row_id INTEGER REFERENCES bill_row (id);

ALTER TABLE payout ADD COLUMN gig_id INTEGER REFERENCES gig (id);

ALTER TABLE payout ADD COLUMN replaced_by INTEGER REFERENCES payout (id);

ALTER TABLE payout ADD COLUMN fixed BOOLEAN DEFAULT 0 NOT NULL;

ALTER TABLE payout ADD COLUMN note VARCHAR;

CREATE UNIQUE INDEX ux_payout_bill_row ON payout (bill_row_id);

CREATE INDEX ix_payout_gig ON payout (gig_id);

CREATE INDEX ix_payout_platform ON payout (platform);

CREATE INDEX ix_payout_replaced_by ON payout (replaced_by);

UPDATE payout SET gig_id = (SELECT gig_id FROM settlement WHERE payout_id = payout.id);

CREATE TABLE write_off (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    gig_id INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    amount_fen INTEGER NOT NULL,
    CONSTRAINT write_off_amount CHECK (amount_fen > 0),
    UNIQUE (gig_id),
    FOREIGN KEY(gig_id) REFERENCES gig (id)
);

CREATE TABLE spend (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    day VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    amount_fen INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    returned_day VARCHAR,
    returned_fen INTEGER,
    bill_row_id INTEGER,
    note VARCHAR,
    CONSTRAINT spend_amount CHECK (amount_fen > 0),
    CONSTRAINT spend_kind CHECK (kind IN ('plain', 'deposit', 'refund')),
    CONSTRAINT spend_returned CHECK ((returned_day IS NULL) = (returned_fen IS NULL)),
    CONSTRAINT spend_returned_fen CHECK (returned_fen BETWEEN 0 AND amount_fen),
    FOREIGN KEY(bill_row_id) REFERENCES bill_row (id)
);

CREATE INDEX ix_spend_platform ON spend (platform);

CREATE UNIQUE INDEX ux_spend_bill_row ON spend (bill_row_id);

CREATE TABLE timer (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    platform VARCHAR NOT NULL,
    category VARCHAR,
    started_at VARCHAR NOT NULL,
    note VARCHAR
);
