-- What readers see: Swedish views with full words, year, municipality, report and a link to the place on the page. Made anew whenever
-- a database is opened for writing. `lank` is a path under `ingest serve`: the page as a picture with the box marked.

create view rekommendationer as
select
    r.id,
    d.fiscal_year as ar,
    d.municipality as kommun,
    coalesce(
        (
            select group_concat(o2.name, ', ')
            from recommendation_recipients rr join organisations o2 on o2.id = rr.organisation_id
            where rr.recommendation_id = r.id
        ),
        o.name
    ) as mottagare,
    r.text as rekommendation,
    r.priority as prioritet,
    r.mentions as antal_stallen,
    d.title as rapport,
    d.auditor as revisor,
    d.published as datum,
    d.response_due as svar_senast,
    r.page as sida,
    '/-/sida/' || r.document_id || '/' || r.page || '?ruta=' || coalesce(trim(r.bbox, '[]'), '') as lank,
    r.thread_id as trad_id,
    r.document_id as dokument_id,
    r.confidence as sakerhet
from recommendations r
join documents d on d.id = r.document_id
left join organisations o on o.id = r.recipient_id;

create view maluppfyllelse as
select
    g.id,
    d.fiscal_year as ar,
    d.municipality as kommun,
    coalesce(o.name, d.municipality) as organisation,
    g.parent_goal as overordnat_mal,
    g.goal as mal,
    case g.fulfilment
        when 'uppfylls' then 'Uppfylls' when 'delvis' then 'Uppfylls delvis' when 'uppfylls_inte' then 'Uppfylls inte' else 'Ej bedömt'
    end as maluppfyllelse,
    case g.color when 'green' then 'Grön' when 'yellow' then 'Gul' when 'red' then 'Röd' when 'grey' then 'Grå' when 'blue' then 'Blå' end as farg,
    case g.text_status
        when 'uppfylls' then 'Uppfylls' when 'delvis' then 'Uppfylls delvis' when 'uppfylls_inte' then 'Uppfylls inte'
    end as enligt_orden,
    case g.basis when 'prognos' then 'Prognos' when 'utfall' then 'Utfall' end as grund,
    case g.scale when 'trend' then 'Trend' when 'aktivitet' then 'Aktivitet' else 'Måluppfyllelse' end as skala,
    g.assessment_text as bedomning,
    g.analysis as analys,
    d.title as rapport,
    d.period_end as till_och_med,
    g.page as sida,
    '/-/sida/' || g.document_id || '/' || g.page || '?ruta=' || coalesce(trim(g.bbox, '[]'), '') as lank,
    g.thread_id as trad_id,
    g.document_id as dokument_id,
    g.confidence as sakerhet
from goals g
join documents d on d.id = g.document_id
left join organisations o on o.id = g.organisation_id;

create view revisionsfragor as
select
    q.id,
    d.fiscal_year as ar,
    d.municipality as kommun,
    o.name as organisation,
    q.number as nummer,
    q.question as revisionsfraga,
    case q.assessment when 'ja' then 'Ja' when 'delvis' then 'Delvis' when 'nej' then 'Nej' else 'Ej bedömd' end as bedomning,
    q.assessment_text as bedomning_i_rapporten,
    q.comment as kommentar,
    d.title as rapport,
    d.auditor as revisor,
    d.published as datum,
    q.page as sida,
    '/-/sida/' || q.document_id || '/' || q.page || '?ruta=' || coalesce(trim(q.bbox, '[]'), '') as lank,
    q.document_id as dokument_id,
    q.confidence as sakerhet
from audit_questions q
join documents d on d.id = q.document_id
left join organisations o on o.id = q.organisation_id;

create view matetal as
select
    v.id,
    d.fiscal_year as ar,
    d.municipality as kommun,
    coalesce(o.name, d.municipality) as organisation,
    g.goal as mal,
    i.name as matetal,
    v.column_label as kolumn,
    v.measure as matt,
    v.year as avser_ar,
    v.value as varde,
    v.unit as enhet,
    v.text as i_rapporten,
    d.title as rapport,
    i.page as sida,
    '/-/sida/' || i.document_id || '/' || i.page || '?ruta=' || coalesce(trim(i.bbox, '[]'), '') as lank,
    i.document_id as dokument_id
from indicator_values v
join indicators i on i.id = v.indicator_id
join documents d on d.id = i.document_id
left join goals g on g.id = i.goal_id
left join organisations o on o.id = i.organisation_id;

create view ekonomi as
select
    c.id,
    d.fiscal_year as ar,
    d.municipality as kommun,
    coalesce(o.name, od.name, d.municipality) as organisation,
    t.title as tabell,
    t.kind as tabellslag,
    c.group_label as grupp,
    c.row_label as rad,
    c.column_label as kolumn,
    c.measure as matt,
    c.period as period,
    c.year as avser_ar,
    c.value as varde,
    coalesce(c.unit, t.unit) as enhet,
    c.value * case lower(coalesce(c.unit, t.unit))
        when 'kr' then 1 when 'kronor' then 1 when 'tkr' then 1000 when 'kkr' then 1000 when 'mnkr' then 1000000 when 'mkr' then 1000000
        when 'mdkr' then 1000000000
    end as kronor,
    c.text as i_rapporten,
    d.title as rapport,
    c.page as sida,
    '/-/sida/' || c.document_id || '/' || c.page || '?ruta=' || coalesce(trim(c.bbox, '[]'), '') as lank,
    c.confidence as sakerhet,
    c.document_id as dokument_id
from table_cells c
join report_tables t on t.id = c.table_id
join documents d on d.id = c.document_id
left join organisations o on o.id = c.organisation_id
left join organisations od on od.id = d.organisation_id
where c.value is not null;

create view avvikelser_i_tabeller as
select
    f.id,
    d.fiscal_year as ar,
    d.municipality as kommun,
    d.title as rapport,
    t.title as tabell,
    f.row_label as rad,
    f.column_label as kolumn,
    f.kind as slag,
    f.severity as allvar,
    f.reported as i_rapporten,
    f.expected as beraknat,
    f.message as forklaring,
    f.page as sida,
    '/-/sida/' || f.document_id || '/' || f.page || '?ruta=' || coalesce(trim(f.bbox, '[]'), '') as lank,
    f.document_id as dokument_id
from findings f
join documents d on d.id = f.document_id
left join report_tables t on t.id = f.table_id;

create view aterkommande_rekommendationer as
select
    t.id as trad_id,
    t.name as rekommendation,
    d0.municipality as kommun,
    o.name as mottagare,
    count(distinct r.document_id) as antal_rapporter,
    min(coalesce(d.fiscal_year, cast(substr(d.published, 1, 4) as integer))) as forsta_ar,
    max(coalesce(d.fiscal_year, cast(substr(d.published, 1, 4) as integer))) as senaste_ar,
    group_concat(coalesce(d.fiscal_year, substr(d.published, 1, 4), '?') || ': ' || r.text, char(10)) as ordalydelser
from recommendation_threads t
join recommendations r on r.thread_id = t.id
join documents d on d.id = r.document_id
join documents d0 on d0.id = r.document_id
left join organisations o on o.id = t.organisation_id
group by t.id
having count(distinct r.document_id) > 1;

create view obesvarade_rekommendationer as
select
    r.id,
    d.fiscal_year as ar,
    d.municipality as kommun,
    o.name as mottagare,
    r.text as rekommendation,
    d.title as rapport,
    d.response_due as svar_senast,
    r.page as sida,
    '/-/sida/' || r.document_id || '/' || r.page || '?ruta=' || coalesce(trim(r.bbox, '[]'), '') as lank
from recommendations r
join documents d on d.id = r.document_id
left join organisations o on o.id = r.recipient_id
where not exists (select 1 from followups f where f.recommendation_id = r.id)
    and not exists (select 1 from followups f where f.thread_id is not null and f.thread_id = r.thread_id);

create view lasningsnotiser as
select
    n.id,
    d.fiscal_year as ar,
    d.municipality as kommun,
    d.title as rapport,
    d.filename as fil,
    n.code as kod,
    n.message as meddelande,
    n.page as sida,
    '/-/sida/' || n.document_id || '/' || n.page || '?ruta=' || coalesce(trim(n.bbox, '[]'), '') as lank
from notices n
join documents d on d.id = n.document_id;

create view rapporter as
select
    d.id,
    case d.doc_type
        when 'delarsrapport' then 'Delårsrapport' when 'arsuppfoljning' then 'Årsuppföljning' when 'granskningsrapport' then 'Granskningsrapport'
        when 'utvardering' then 'Utvärdering' when 'strategi' then 'Strategi eller plan' else 'Övrigt'
    end as rapporttyp,
    d.title as titel,
    d.municipality as kommun,
    o.name as organisation,
    d.auditor as revisor,
    d.fiscal_year as ar,
    d.period_start as fran,
    d.period_end as till,
    d.published as datum,
    d.reference as diarienummer,
    d.response_due as svar_senast,
    d.overall_assessment as samlad_bedomning,
    d.pages as sidor,
    d.filename as fil,
    d.type_reasons as varfor_typen,
    a.title as svarar_pa
from documents d
left join organisations o on o.id = d.organisation_id
left join documents a on a.id = d.answers_document_id;
