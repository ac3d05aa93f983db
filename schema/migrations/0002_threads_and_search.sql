-- Derived data: threads over the years with the reasons for each join, bodies that may be the same, and the search index.

alter table goal_threads add column scope text not null default '';
alter table recommendation_threads add column scope text not null default '';
create index ix_documents_scope on documents (coalesce(municipality, organisation_id, id));
create index ix_goal_threads_scope on goal_threads (scope);
create index ix_recommendation_threads_scope on recommendation_threads (scope);

-- Whose bodies they are: the municipality, or for a report of none its federation or the document itself. Names meet within a scope only.
alter table organisations add column scope text;
create index ix_organisations_scope on organisations (scope);

-- One row per pair that was judged to be the same (kind 'samma'), or the same to another body ('annan_mottagare'); reasons are readable.
create table thread_joins (
    earlier_id text not null,
    later_id text not null,
    scope text not null,
    record text not null check (record in ('mal', 'rekommendation', 'uppfoljning')),
    kind text not null check (kind in ('samma', 'annan_mottagare')),
    score real not null,
    reasons text not null,
    primary key (earlier_id, later_id)
);
create index ix_thread_joins_scope on thread_joins (scope);
create index ix_thread_joins_later on thread_joins (later_id);

-- Bodies of one municipality whose names are alike, for a person to judge: never joined.
create table organisation_pairs (
    organisation_id text not null references organisations (id) on delete cascade,
    other_id text not null references organisations (id) on delete cascade,
    score real not null,
    reason text not null,
    primary key (organisation_id, other_id)
);
create index ix_organisation_pairs_other on organisation_pairs (other_id);

-- What is searched: one row per record, section or page. The index holds its stems (words), the parts of its compounds (parts) and
-- the stems that have dots or accents as typed without them (folded), under the same rowid.
create table search_rows (
    id integer primary key,
    record_id text not null unique,
    kind text not null,
    document_id text not null,
    page integer not null,
    bbox text,
    year integer,
    municipality text,
    organisation_id text,
    text text not null
);
create index ix_search_rows_document on search_rows (document_id);
create virtual table search_index using fts5 (words, parts, folded, tokenize = "unicode61 remove_diacritics 0");
insert into search_index (search_index, rank) values ('rank', 'bm25(10.0, 4.0, 0.5)');

-- The words of all indexed rows, in how many rows, and for a compound the two words that it is made of and the stems of all its parts.
-- `reversed` finds words by their end, `folded` is the word as typed without dots.
create table search_words (
    word text primary key,
    stem text not null,
    folded text not null,
    reversed text not null,
    rows integer not null,
    first text,
    last text,
    parts text
) without rowid;
create index ix_search_words_stem on search_words (stem);
create index ix_search_words_folded on search_words (folded);
create index ix_search_words_reversed on search_words (reversed);
create index ix_search_words_first on search_words (first);
create index ix_search_words_last on search_words (last);

-- Scopes (a municipality, or a body that belongs to none) whose threads must be made anew because a document left them.
create table pending_scopes (
    scope text primary key
);
create trigger documents_leave after delete on documents begin
    insert or ignore into pending_scopes values (coalesce(old.municipality, old.organisation_id, old.id));
end;
