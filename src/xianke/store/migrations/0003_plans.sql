-- Time spent on looking for work in vain; calendars, kept plans, a goal.
--
-- SQLite cannot alter a CHECK, so the gigs move into a new table. What names a gig goes on naming
-- it: foreign keys rest during the steps and are checked at their end (see opening.migrate).

CREATE TABLE new_gig (
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
    kept_fen INTEGER DEFAULT 0 NOT NULL,
    paid_by_bill BOOLEAN DEFAULT 0 NOT NULL,
    import_key VARCHAR,
    CONSTRAINT gig_status CHECK (status IN ('accepted', 'delivered', 'paid', 'rejected', 'cancelled', 'none_found')),
    CONSTRAINT gig_orders CHECK (orders >= 1),
    CONSTRAINT gig_start CHECK (start_minute BETWEEN 0 AND 1439),
    CONSTRAINT gig_minutes CHECK (worked_minutes >= 0 AND unpaid_minutes >= 0),
    CONSTRAINT gig_money CHECK (gross_fen >= 0 AND fee_fen >= 0 AND cost_fen >= 0 AND tax_fen >= 0),
    CONSTRAINT gig_rating CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT gig_paid_day CHECK ((status = 'paid') = (paid_day IS NOT NULL)),
    CONSTRAINT gig_none_found CHECK (status <> 'none_found' OR (worked_minutes = 0 AND unpaid_minutes > 0 AND gross_fen + fee_fen + kept_fen + tax_fen = 0))
);

INSERT INTO new_gig (id, platform, category, day, start_minute, orders, worked_minutes, unpaid_minutes,
    gross_fen, fee_fen, cost_fen, tax_fen, status, due, paid_day, rating, note, kept_fen,
    paid_by_bill, import_key)
SELECT id, platform, category, day, start_minute, orders, worked_minutes, unpaid_minutes,
    gross_fen, fee_fen, cost_fen, tax_fen, status, due, paid_day, rating, note, kept_fen,
    paid_by_bill, import_key
FROM gig;

-- No number is given out twice, those of gigs that are gone included.
DELETE FROM sqlite_sequence WHERE name = 'new_gig';

INSERT INTO sqlite_sequence (name, seq) SELECT 'new_gig', seq FROM sqlite_sequence WHERE name = 'gig';

DROP TABLE gig;

ALTER TABLE new_gig RENAME TO gig;

CREATE INDEX ix_gig_day ON gig (day);

CREATE INDEX ix_gig_platform ON gig (platform);

CREATE UNIQUE INDEX ux_gig_import_key ON gig (import_key);

CREATE TABLE calendar (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    first_day VARCHAR NOT NULL,
    last_day VARCHAR NOT NULL,
    imported_at VARCHAR NOT NULL,
    CONSTRAINT calendar_days CHECK (first_day <= last_day),
    UNIQUE (name)
);

CREATE TABLE goal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    amount_fen INTEGER NOT NULL,
    unit VARCHAR NOT NULL,
    set_on VARCHAR NOT NULL,
    CONSTRAINT goal_amount CHECK (amount_fen > 0),
    CONSTRAINT goal_unit CHECK (unit IN ('week', 'month'))
);

CREATE TABLE plan_block (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    week VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    start_minute INTEGER NOT NULL,
    end_minute INTEGER NOT NULL,
    slot_id INTEGER,
    category VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    expected_fen INTEGER NOT NULL,
    setup_minutes INTEGER NOT NULL,
    travel_minutes INTEGER NOT NULL,
    supply VARCHAR NOT NULL,
    uid VARCHAR NOT NULL,
    CONSTRAINT plan_block_start CHECK (start_minute BETWEEN 0 AND 1439),
    CONSTRAINT plan_block_order CHECK (end_minute > start_minute),
    CONSTRAINT plan_block_money CHECK (expected_fen >= 0),
    CONSTRAINT plan_block_minutes CHECK (setup_minutes >= 0 AND travel_minutes >= 0),
    CONSTRAINT plan_block_supply CHECK (supply IN ('known', 'unknown')),
    UNIQUE (uid)
);

CREATE INDEX ix_plan_block_week ON plan_block (week);

CREATE TABLE busy (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    calendar_id INTEGER NOT NULL,
    start VARCHAR NOT NULL,
    "end" VARCHAR NOT NULL,
    title VARCHAR,
    all_day BOOLEAN NOT NULL,
    CONSTRAINT busy_order CHECK (start < "end"),
    FOREIGN KEY(calendar_id) REFERENCES calendar (id)
);

CREATE INDEX ix_busy_calendar_id ON busy (calendar_id);

CREATE INDEX ix_busy_start ON busy (start);
