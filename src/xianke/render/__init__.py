"""All that a person or a program sees: tables, charts, help pages, the JSON envelope."""
