-- Written by tools/make_schema.py from xianke.models; do not edit by hand.
CREATE TABLE asset (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    idle VARCHAR,
    note VARCHAR,
    UNIQUE ("key")
);

CREATE TABLE batch (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    files VARCHAR NOT NULL
);

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

CREATE INDEX ix_gig_day ON gig (day);

CREATE INDEX ix_gig_platform ON gig (platform);

CREATE UNIQUE INDEX ux_gig_import_key ON gig (import_key);

CREATE TABLE goal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    amount_fen INTEGER NOT NULL,
    unit VARCHAR NOT NULL,
    set_on VARCHAR NOT NULL,
    CONSTRAINT goal_amount CHECK (amount_fen > 0),
    CONSTRAINT goal_unit CHECK (unit IN ('week', 'month'))
);

CREATE TABLE mapping (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    columns VARCHAR NOT NULL,
    added_on VARCHAR NOT NULL,
    UNIQUE (columns)
);

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

CREATE TABLE profile (
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    day VARCHAR,
    PRIMARY KEY ("key")
);

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

CREATE TABLE timer (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    platform VARCHAR NOT NULL,
    category VARCHAR,
    started_at VARCHAR NOT NULL,
    note VARCHAR
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

CREATE TABLE write_off (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    gig_id INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    amount_fen INTEGER NOT NULL,
    CONSTRAINT write_off_amount CHECK (amount_fen > 0),
    UNIQUE (gig_id),
    FOREIGN KEY(gig_id) REFERENCES gig (id)
);

CREATE TABLE payout (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    day VARCHAR NOT NULL,
    amount_fen INTEGER NOT NULL,
    platform VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    bill_row_id INTEGER,
    gig_id INTEGER,
    replaced_by INTEGER,
    fixed BOOLEAN DEFAULT 0 NOT NULL,
    note VARCHAR,
    CONSTRAINT payout_amount CHECK (amount_fen > 0),
    CONSTRAINT payout_source CHECK (source IN ('typed', 'imported')),
    FOREIGN KEY(bill_row_id) REFERENCES bill_row (id),
    FOREIGN KEY(gig_id) REFERENCES gig (id),
    FOREIGN KEY(replaced_by) REFERENCES payout (id)
);

CREATE INDEX ix_payout_day ON payout (day);

CREATE INDEX ix_payout_gig ON payout (gig_id);

CREATE INDEX ix_payout_platform ON payout (platform);

CREATE INDEX ix_payout_replaced_by ON payout (replaced_by);

CREATE UNIQUE INDEX ux_payout_bill_row ON payout (bill_row_id);

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
