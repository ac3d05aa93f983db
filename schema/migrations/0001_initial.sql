-- Uppsikt's tables, version 1. Every row that was read out of a report has document_id, page, bbox (JSON [x0,y0,x1,y1] in PDF points,
-- origin top left), rule (what found it) and confidence (0-1). Ids are text made from content: see schema/ids.py.

create table organisations (
    id text primary key,
    name text not null,
    kind text not null default 'ovrig',
    municipality text,
    parent_id text references organisations (id) on delete set null,
    sort_name text
);
create index ix_organisations_municipality on organisations (municipality, name);

create table organisation_aliases (
    alias text not null,
    organisation_id text not null references organisations (id) on delete cascade,
    score real not null default 100,
    rule text not null default 'as printed',
    primary key (alias, organisation_id)
);
create index ix_organisation_aliases_organisation on organisation_aliases (organisation_id);

create table documents (
    id text primary key,
    sha256 text not null unique,
    filename text not null,
    title text,
    doc_type text not null,
    type_reasons text,
    municipality text,
    organisation_id text references organisations (id) on delete set null,
    auditor text,
    fiscal_year integer,
    period_start text,
    period_end text,
    published text,
    reference text,
    response_due text,
    pages integer not null default 0,
    tagged integer not null default 0,
    ocr_pages integer not null default 0,
    producer text,
    overall_assessment text,
    authors text,
    answers_document text,
    answers_document_id text references documents (id) on delete set null,
    extractor_version text not null,
    ingested_at text not null
);
create index ix_documents_type_year on documents (doc_type, fiscal_year);
create index ix_documents_municipality on documents (municipality);
create index ix_documents_filename on documents (filename);
create index ix_documents_auditor on documents (auditor);
create index ix_documents_organisation on documents (organisation_id);
create index ix_documents_answers on documents (answers_document_id);

create table document_audited (
    document_id text not null references documents (id) on delete cascade,
    organisation_id text not null references organisations (id) on delete cascade,
    primary key (document_id, organisation_id)
);
create index ix_document_audited_organisation on document_audited (organisation_id);

create table pages (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    width real not null,
    height real not null,
    text text not null,
    source text not null,
    unique (document_id, page)
);

create table sections (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    parent_id text references sections (id) on delete cascade deferrable initially deferred,
    number text,
    title text not null,
    level integer not null,
    text text
);
create index ix_sections_document on sections (document_id, page);
create index ix_sections_parent on sections (parent_id);

create table goal_threads (
    id text primary key,
    name text not null,
    organisation_id text references organisations (id) on delete set null,
    first_year integer,
    last_year integer,
    members integer not null
);
create index ix_goal_threads_organisation on goal_threads (organisation_id);

create table goals (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    section_id text references sections (id) on delete set null,
    organisation_id text references organisations (id) on delete set null,
    parent_goal text,
    goal text not null,
    fulfilment text not null check (fulfilment in ('uppfylls', 'delvis', 'uppfylls_inte', 'ej_bedomt')),
    basis text check (basis in ('prognos', 'utfall')),
    scale text not null default 'maluppfyllelse' check (scale in ('maluppfyllelse', 'trend', 'aktivitet')),
    color text,
    text_status text,
    assessment_text text,
    analysis text,
    thread_id text references goal_threads (id) on delete set null
);
create index ix_goals_document on goals (document_id, page);
create index ix_goals_organisation on goals (organisation_id);
create index ix_goals_fulfilment on goals (fulfilment);
create index ix_goals_section on goals (section_id);
create index ix_goals_thread on goals (thread_id);

create table goal_mentions (
    id text primary key,
    goal_id text not null references goals (id) on delete cascade,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    text text not null
);
create index ix_goal_mentions_goal on goal_mentions (goal_id);
create index ix_goal_mentions_document on goal_mentions (document_id);

create table indicators (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    organisation_id text references organisations (id) on delete set null,
    goal_id text references goals (id) on delete set null,
    name text not null
);
create index ix_indicators_document on indicators (document_id, page);
create index ix_indicators_goal on indicators (goal_id);
create index ix_indicators_organisation on indicators (organisation_id);

create table indicator_values (
    id text primary key,
    indicator_id text not null references indicators (id) on delete cascade,
    column_label text not null,
    measure text,
    year integer,
    value real,
    unit text,
    text text not null
);
create index ix_indicator_values_indicator on indicator_values (indicator_id);

create table activities (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    organisation_id text references organisations (id) on delete set null,
    goal_id text references goals (id) on delete set null,
    activity text not null,
    status text check (status in ('genomford', 'pagar', 'ej_paborjad', 'avbruten')),
    progress real,
    comment text
);
create index ix_activities_document on activities (document_id, page);
create index ix_activities_goal on activities (goal_id);
create index ix_activities_organisation on activities (organisation_id);

create table assignments (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    organisation_id text references organisations (id) on delete set null,
    text text not null,
    status text check (status in ('genomford', 'pagar', 'ej_paborjad', 'avbruten')),
    status_text text
);
create index ix_assignments_document on assignments (document_id, page);
create index ix_assignments_organisation on assignments (organisation_id);

create table audit_questions (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    organisation_id text references organisations (id) on delete set null,
    number text,
    question text not null,
    assessment text not null check (assessment in ('ja', 'delvis', 'nej', 'ej_bedomd')),
    assessment_text text,
    comment text,
    color text
);
create index ix_audit_questions_document on audit_questions (document_id, page);
create index ix_audit_questions_assessment on audit_questions (assessment);
create index ix_audit_questions_organisation on audit_questions (organisation_id);

create table audit_criteria (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    text text not null
);
create index ix_audit_criteria_document on audit_criteria (document_id);

create table recommendation_threads (
    id text primary key,
    name text not null,
    organisation_id text references organisations (id) on delete set null,
    first_year integer,
    last_year integer,
    members integer not null
);
create index ix_recommendation_threads_organisation on recommendation_threads (organisation_id);

create table recommendations (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    recipient_id text references organisations (id) on delete set null,
    recipient_text text,
    text text not null,
    mentions integer not null default 1,
    priority text,
    thread_id text references recommendation_threads (id) on delete set null
);
create index ix_recommendations_document on recommendations (document_id, page);
create index ix_recommendations_recipient on recommendations (recipient_id);
create index ix_recommendations_thread on recommendations (thread_id);

create table recommendation_recipients (
    recommendation_id text not null references recommendations (id) on delete cascade,
    organisation_id text not null references organisations (id) on delete cascade,
    primary key (recommendation_id, organisation_id)
);
create index ix_recommendation_recipients_organisation on recommendation_recipients (organisation_id);

create table recommendation_mentions (
    id text primary key,
    recommendation_id text not null references recommendations (id) on delete cascade,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    section_id text references sections (id) on delete set null,
    text text not null
);
create index ix_recommendation_mentions_recommendation on recommendation_mentions (recommendation_id);
create index ix_recommendation_mentions_document on recommendation_mentions (document_id);
create index ix_recommendation_mentions_section on recommendation_mentions (section_id);

create table followups (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    organisation_id text references organisations (id) on delete set null,
    recommendation text not null,
    audit text,
    year integer,
    status text check (status in ('atgardad', 'delvis', 'ej_atgardad')),
    status_text text,
    recommendation_id text references recommendations (id) on delete set null,
    thread_id text references recommendation_threads (id) on delete set null
);
create index ix_followups_document on followups (document_id, page);
create index ix_followups_recommendation on followups (recommendation_id);
create index ix_followups_thread on followups (thread_id);
create index ix_followups_organisation on followups (organisation_id);

create table report_tables (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    section_id text references sections (id) on delete set null,
    title text,
    unit text,
    method text not null,
    kind text,
    note text
);
create index ix_report_tables_document on report_tables (document_id, page);
create index ix_report_tables_kind on report_tables (kind);
create index ix_report_tables_section on report_tables (section_id);

create table table_cells (
    id text primary key,
    table_id text not null references report_tables (id) on delete cascade,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    row integer not null,
    col integer not null,
    row_label text,
    group_label text,
    column_label text,
    text text not null,
    value real,
    decimals integer,
    measure text,
    period text,
    year integer,
    unit text,
    organisation_id text references organisations (id) on delete set null
);
create index ix_table_cells_table on table_cells (table_id, row, col);
create index ix_table_cells_document on table_cells (document_id);
create index ix_table_cells_measure on table_cells (measure);
create index ix_table_cells_organisation on table_cells (organisation_id);

create table evaluation_areas (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    number integer,
    name text not null,
    score real,
    max_score real
);
create index ix_evaluation_areas_document on evaluation_areas (document_id);

create table area_points (
    id text primary key,
    area_id text not null references evaluation_areas (id) on delete cascade,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    kind text not null check (kind in ('strength', 'improvement')),
    text text not null
);
create index ix_area_points_area on area_points (area_id);
create index ix_area_points_document on area_points (document_id);

create table focus_areas (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    number text,
    name text not null,
    text text
);
create index ix_focus_areas_document on focus_areas (document_id);

create table findings (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    table_id text references report_tables (id) on delete cascade,
    row_label text,
    column_label text,
    kind text not null,
    severity text not null default 'medel',
    reported real,
    expected real,
    message text not null
);
create index ix_findings_document on findings (document_id, page);
create index ix_findings_table on findings (table_id);
create index ix_findings_kind on findings (kind);

create table notices (
    id text primary key,
    document_id text not null references documents (id) on delete cascade,
    page integer not null,
    bbox text,
    rule text not null,
    confidence real not null,
    code text not null,
    message text not null
);
create index ix_notices_document on notices (document_id, page);
create index ix_notices_code on notices (code);

create table runs (
    id text primary key,
    started_at text not null,
    finished_at text,
    extractor_version text not null,
    engine text not null,
    workers integer not null,
    files integer not null default 0,
    new_files integer not null default 0,
    unchanged integer not null default 0,
    failed integer not null default 0,
    pages integer not null default 0,
    seconds real
);

create table run_files (
    run_id text not null references runs (id) on delete cascade,
    path text not null,
    filename text not null,
    document_id text references documents (id) on delete set null,
    outcome text not null check (outcome in ('inlast', 'oforandrad', 'dubblett', 'misslyckad')),
    reason text,
    message text,
    pages integer,
    seconds real,
    primary key (run_id, path)
);
create index ix_run_files_document on run_files (document_id);
create index ix_run_files_outcome on run_files (outcome);

-- Documents whose derived data (threads, search index) is not up to date; emptied by the same transaction that derives it.
create table pending_documents (
    document_id text primary key
);
