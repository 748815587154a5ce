-- Written by tools/make_schema.py from xianke.models; do not edit by hand.
CREATE TABLE asset (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    idle VARCHAR,
    note VARCHAR,
    UNIQUE ("key")
);

CREATE TABLE entry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    undone_at VARCHAR
);

CREATE TABLE evidence (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    platform VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    note VARCHAR
);

CREATE INDEX ix_evidence_platform ON evidence (platform);

CREATE TABLE gig (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    platform VARCHAR NOT NULL,
    category VARCHAR,
    day VARCHAR NOT NULL,
    start_minute INTEGER,
    orders INTEGER NOT NULL,
    worked_minutes INTEGER,
    unpaid_minutes INTEGER NOT NULL,
    gross_fen INTEGER NOT NULL,
    fee_fen INTEGER NOT NULL,
    cost_fen INTEGER NOT NULL,
    tax_fen INTEGER NOT NULL,
    status VARCHAR NOT NULL,
    due VARCHAR,
    paid_day VARCHAR,
    rating INTEGER,
    note VARCHAR,
    CONSTRAINT gig_status CHECK (status IN ('accepted', 'delivered', 'paid', 'rejected', 'cancelled')),
    CONSTRAINT gig_orders CHECK (orders >= 1),
    CONSTRAINT gig_start CHECK (start_minute BETWEEN 0 AND 1439),
    CONSTRAINT gig_minutes CHECK (worked_minutes >= 0 AND unpaid_minutes >= 0),
    CONSTRAINT gig_money CHECK (gross_fen >= 0 AND fee_fen >= 0 AND cost_fen >= 0 AND tax_fen >= 0),
    CONSTRAINT gig_rating CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT gig_paid_day CHECK ((status = 'paid') = (paid_day IS NOT NULL))
);

CREATE INDEX ix_gig_day ON gig (day);

CREATE INDEX ix_gig_platform ON gig (platform);

CREATE TABLE own_platform (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    category VARCHAR,
    note VARCHAR,
    added_on VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT own_platform_kind CHECK (kind IN ('platform', 'client')),
    UNIQUE (name)
);

CREATE TABLE payout (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    day VARCHAR NOT NULL,
    amount_fen INTEGER NOT NULL,
    platform VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    CONSTRAINT payout_amount CHECK (amount_fen > 0),
    CONSTRAINT payout_source CHECK (source IN ('typed', 'imported'))
);

CREATE INDEX ix_payout_day ON payout (day);

CREATE TABLE profile (
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY ("key")
);

CREATE TABLE skill (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    level INTEGER NOT NULL,
    CONSTRAINT skill_level CHECK (level BETWEEN 1 AND 5),
    UNIQUE ("key")
);

CREATE TABLE slot (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    rule VARCHAR NOT NULL,
    label VARCHAR,
    place VARCHAR NOT NULL,
    devices VARCHAR,
    driving BOOLEAN NOT NULL,
    CONSTRAINT slot_place CHECK (place IN ('home', 'office', 'transit', 'neighbourhood', 'anywhere'))
);

CREATE TABLE change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    row_key VARCHAR NOT NULL,
    "before" VARCHAR,
    "after" VARCHAR,
    FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE INDEX ix_change_entry_id ON change (entry_id);

CREATE TABLE settlement (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    payout_id INTEGER NOT NULL,
    gig_id INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    CONSTRAINT settlement_amount CHECK (amount_fen > 0),
    FOREIGN KEY(payout_id) REFERENCES payout (id),
    FOREIGN KEY(gig_id) REFERENCES gig (id)
);

CREATE INDEX ix_settlement_gig_id ON settlement (gig_id);

CREATE INDEX ix_settlement_payout_id ON settlement (payout_id);
