-- Outcomes that a later report of the same body prints otherwise than the report before. Derived; no errors, but to be looked at. The place is
-- that of the later figure; reported and earlier are the two figures, each in its own report's printed unit.
create table year_differences (
    id text primary key,
    scope text not null,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    table_id text not null references report_tables (id) on delete cascade,
    cell_id text not null references table_cells (id) on delete cascade,
    earlier_cell_id text not null references table_cells (id) on delete cascade,
    earlier_document_id text not null references documents (id) on delete cascade,
    kind text not null,
    severity text not null,
    row_label text,
    column_label text,
    period text not null,
    reported real not null,
    earlier real not null,
    message text not null
);
create index ix_year_differences_scope on year_differences (scope);
create index ix_year_differences_document on year_differences (document_id, page);
create index ix_year_differences_earlier_document on year_differences (earlier_document_id);
create index ix_year_differences_table on year_differences (table_id);
create index ix_year_differences_cell on year_differences (cell_id);
create index ix_year_differences_earlier_cell on year_differences (earlier_cell_id);
