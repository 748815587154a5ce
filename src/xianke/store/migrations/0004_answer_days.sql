-- The day on which each answer about the person was given: some hold for a year only.
-- Of earlier answers nobody knows it.

ALTER TABLE profile ADD COLUMN day VARCHAR;
