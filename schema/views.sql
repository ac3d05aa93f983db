-- What readers see: Swedish views with full words, year, municipality, report and a link to the place on the page. Made anew whenever
-- a database is opened for writing. `länk` is a path under `ingest serve`: the page as a picture with the box marked.

create view rekommendationer as
select
    '/-/sida/' || r.document_id || '/' || r.page || '?ruta=' || coalesce(trim(r.bbox, '[]'), '') as länk,
    d.fiscal_year as år,
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
    r.mentions as antal_ställen,
    d.title as rapport,
    d.auditor as revisor,
    d.published as datum,
    d.response_due as svar_senast,
    r.page as sida,
    r.thread_id as tråd_id,
    r.document_id as dokument_id,
    r.confidence as säkerhet,
    r.id
from recommendations r
join documents d on d.id = r.document_id
left join organisations o on o.id = r.recipient_id;

create view maluppfyllelse as
select
    '/-/sida/' || g.document_id || '/' || g.page || '?ruta=' || coalesce(trim(g.bbox, '[]'), '') as länk,
    d.fiscal_year as år,
    d.municipality as kommun,
    coalesce(o.name, d.municipality) as organisation,
    g.parent_goal as överordnat_mål,
    g.goal as mål,
    case g.fulfilment
        when 'uppfylls' then 'Uppfylls' when 'delvis' then 'Uppfylls delvis' when 'uppfylls_inte' then 'Uppfylls inte' else 'Ej bedömt'
    end as måluppfyllelse,
    case g.color when 'green' then 'Grön' when 'yellow' then 'Gul' when 'red' then 'Röd' when 'grey' then 'Grå' when 'blue' then 'Blå' end as färg,
    case g.text_status
        when 'uppfylls' then 'Uppfylls' when 'delvis' then 'Uppfylls delvis' when 'uppfylls_inte' then 'Uppfylls inte'
    end as enligt_orden,
    case g.basis when 'prognos' then 'Prognos' when 'utfall' then 'Utfall' end as grund,
    case g.scale when 'trend' then 'Trend' when 'aktivitet' then 'Aktivitet' else 'Måluppfyllelse' end as skala,
    g.assessment_text as bedömning,
    g.analysis as analys,
    d.title as rapport,
    d.period_end as till_och_med,
    g.page as sida,
    g.thread_id as tråd_id,
    g.document_id as dokument_id,
    g.confidence as säkerhet,
    g.id
from goals g
join documents d on d.id = g.document_id
left join organisations o on o.id = g.organisation_id;

create view revisionsfragor as
select
    '/-/sida/' || q.document_id || '/' || q.page || '?ruta=' || coalesce(trim(q.bbox, '[]'), '') as länk,
    d.fiscal_year as år,
    d.municipality as kommun,
    o.name as organisation,
    q.number as nummer,
    q.question as revisionsfråga,
    case q.assessment when 'ja' then 'Ja' when 'delvis' then 'Delvis' when 'nej' then 'Nej' else 'Ej bedömd' end as bedömning,
    q.assessment_text as bedömning_i_rapporten,
    q.comment as kommentar,
    d.title as rapport,
    d.auditor as revisor,
    d.published as datum,
    q.page as sida,
    q.document_id as dokument_id,
    q.confidence as säkerhet,
    q.id
from audit_questions q
join documents d on d.id = q.document_id
left join organisations o on o.id = q.organisation_id;

create view matetal as
select
    '/-/sida/' || i.document_id || '/' || i.page || '?ruta=' || coalesce(trim(i.bbox, '[]'), '') as länk,
    d.fiscal_year as år,
    d.municipality as kommun,
    coalesce(o.name, d.municipality) as organisation,
    g.goal as mål,
    i.name as mätetal,
    v.column_label as kolumn,
    v.measure as mått,
    v.year as avser_år,
    v.value as värde,
    v.unit as enhet,
    v.text as i_rapporten,
    d.title as rapport,
    i.page as sida,
    i.document_id as dokument_id,
    v.id
from indicator_values v
join indicators i on i.id = v.indicator_id
join documents d on d.id = i.document_id
left join goals g on g.id = i.goal_id
left join organisations o on o.id = i.organisation_id;

create view ekonomi as
select
    '/-/sida/' || c.document_id || '/' || c.page || '?ruta=' || coalesce(trim(c.bbox, '[]'), '') as länk,
    d.fiscal_year as år,
    d.municipality as kommun,
    coalesce(o.name, od.name, d.municipality) as organisation,
    t.title as tabell,
    t.kind as tabellslag,
    c.group_label as grupp,
    c.row_label as rad,
    c.column_label as kolumn,
    c.measure as mått,
    c.period as period,
    c.year as avser_år,
    c.value as värde,
    coalesce(c.unit, t.unit) as enhet,
    c.value * case lower(coalesce(c.unit, t.unit))
        when 'kr' then 1 when 'kronor' then 1 when 'tkr' then 1000 when 'kkr' then 1000 when 'mnkr' then 1000000 when 'mkr' then 1000000
        when 'mdkr' then 1000000000
    end as kronor,
    c.text as i_rapporten,
    d.title as rapport,
    c.page as sida,
    c.confidence as säkerhet,
    c.document_id as dokument_id,
    c.id
from table_cells c
join report_tables t on t.id = c.table_id
join documents d on d.id = c.document_id
left join organisations o on o.id = c.organisation_id
left join organisations od on od.id = d.organisation_id
where c.value is not null;

create view avvikelser_i_tabeller as
select
    '/-/sida/' || f.document_id || '/' || f.page || '?ruta=' || coalesce(trim(f.bbox, '[]'), '') as länk,
    d.fiscal_year as år,
    d.municipality as kommun,
    d.title as rapport,
    t.title as tabell,
    f.row_label as rad,
    f.column_label as kolumn,
    case f.kind
        when 'avvikelse' then 'Avvikelse mot budget' when 'teckenkonvention' then 'Tecknet följer inte rubriken' when 'summa' then 'Summa'
        when 'netto' then 'Netto' when 'in_ut' then 'Ingående och utgående' when 'olika_varden' then 'Olika uppgifter'
        when 'procent' then 'Procent' when 'text_mot_tabell' then 'Text mot tabell' else f.kind
    end as slag,
    case f.severity when 'hog' then 'Hög' when 'lag' then 'Låg' else 'Medel' end as allvar,
    f.reported as i_rapporten,
    f.expected as beräknat,
    f.message as förklaring,
    f.page as sida,
    f.document_id as dokument_id,
    f.id
from findings f
join documents d on d.id = f.document_id
left join report_tables t on t.id = f.table_id;

create view skillnader_mellan_ar as
select
    '/-/sida/' || y.document_id || '/' || y.page || '?ruta=' || coalesce(trim(y.bbox, '[]'), '') as länk,
    '/-/sida/' || y.earlier_document_id || '/' || c.page || '?ruta=' || coalesce(trim(c.bbox, '[]'), '') as länk_tidigare,
    d.fiscal_year as år,
    d.municipality as kommun,
    d.title as rapport,
    e.title as tidigare_rapport,
    t.title as tabell,
    y.row_label as rad,
    y.period as avser,
    y.reported as i_rapporten,
    coalesce(l.unit, t.unit) as enhet,
    y.earlier as i_tidigare_rapport,
    coalesce(c.unit, et.unit) as enhet_tidigare,
    'Att titta på' as allvar,
    y.message as förklaring,
    y.page as sida,
    c.page as sida_tidigare,
    y.document_id as dokument_id,
    y.id
from year_differences y
join documents d on d.id = y.document_id
join documents e on e.id = y.earlier_document_id
join report_tables t on t.id = y.table_id
join table_cells l on l.id = y.cell_id
join table_cells c on c.id = y.earlier_cell_id
join report_tables et on et.id = c.table_id;

create view aterkommande_rekommendationer as
select
    (
        select '/-/sida/' || x.document_id || '/' || x.page || '?ruta=' || coalesce(trim(x.bbox, '[]'), '')
        from recommendations x join documents dx on dx.id = x.document_id
        where x.thread_id = t.id
        order by coalesce(dx.fiscal_year, substr(dx.published, 1, 4), 0) + 0 desc, dx.published desc, x.id desc limit 1
    ) as länk,
    t.id as tråd_id,
    t.name as rekommendation,
    d.municipality as kommun,
    o.name as mottagare,
    count(distinct r.document_id) as antal_rapporter,
    min(coalesce(d.fiscal_year, cast(substr(d.published, 1, 4) as integer))) as första_år,
    max(coalesce(d.fiscal_year, cast(substr(d.published, 1, 4) as integer))) as senaste_år,
    (
        select group_concat(ordalydelse, char(10)) from (
            select coalesce(dx.fiscal_year, substr(dx.published, 1, 4), '?') || ': ' || x.text as ordalydelse
            from recommendations x join documents dx on dx.id = x.document_id
            where x.thread_id = t.id
            order by coalesce(dx.fiscal_year, substr(dx.published, 1, 4), 0) + 0, dx.published, x.id
        )
    ) as ordalydelser,
    (
        select coalesce(df.fiscal_year, substr(df.published, 1, 4), '?') || ': '
            || case f.status when 'atgardad' then 'Åtgärdad' when 'delvis' then 'Delvis åtgärdad' else 'Ej åtgärdad' end
        from followups f join documents df on df.id = f.document_id
        where f.thread_id = t.id and f.status is not null
        order by coalesce(df.fiscal_year, substr(df.published, 1, 4), 0) + 0 desc, f.year desc, f.id desc limit 1
    ) as senaste_uppföljning
from recommendation_threads t
join recommendations r on r.thread_id = t.id
join documents d on d.id = r.document_id
left join organisations o on o.id = t.organisation_id
group by t.id
having count(distinct r.document_id) > 1;

create view uppfoljningar as
select
    '/-/sida/' || f.document_id || '/' || f.page || '?ruta=' || coalesce(trim(f.bbox, '[]'), '') as länk,
    d.fiscal_year as år,
    d.municipality as kommun,
    coalesce(fo.name, ro.name) as mottagare,
    f.recommendation as tidigare_rekommendation,
    f.year as lämnad_år,
    case f.status when 'atgardad' then 'Åtgärdad' when 'delvis' then 'Delvis åtgärdad' when 'ej_atgardad' then 'Ej åtgärdad' end as status,
    f.status_text as status_i_rapporten,
    d.title as rapport,
    f.page as sida,
    case when r.id is not null
        then '/-/sida/' || r.document_id || '/' || r.page || '?ruta=' || coalesce(trim(r.bbox, '[]'), '')
    end as länk_tidigare,
    r.text as i_den_tidigare_rapporten,
    e.title as tidigare_rapport,
    f.thread_id as tråd_id,
    f.document_id as dokument_id,
    f.confidence as säkerhet,
    f.id
from followups f
join documents d on d.id = f.document_id
left join recommendations r on r.id = f.recommendation_id
left join documents e on e.id = r.document_id
left join organisations fo on fo.id = f.organisation_id
left join organisations ro on ro.id = r.recipient_id;

create view obesvarade_rekommendationer as
select
    '/-/sida/' || r.document_id || '/' || r.page || '?ruta=' || coalesce(trim(r.bbox, '[]'), '') as länk,
    d.fiscal_year as år,
    d.municipality as kommun,
    o.name as mottagare,
    r.text as rekommendation,
    d.title as rapport,
    d.response_due as svar_senast,
    r.page as sida,
    r.id
from recommendations r
join documents d on d.id = r.document_id
left join organisations o on o.id = r.recipient_id
where not exists (select 1 from followups f where f.recommendation_id = r.id)
    and not exists (
        select 1 from followups f join documents later on later.id = f.document_id
        where f.thread_id is not null and f.thread_id = r.thread_id and later.id <> d.id
            and coalesce(later.fiscal_year, substr(later.published, 1, 4), 9999) + 0
                >= coalesce(d.fiscal_year, substr(d.published, 1, 4), 0) + 0
    );

create view lasningsnotiser as
select
    '/-/sida/' || n.document_id || '/' || n.page || '?ruta=' || coalesce(trim(n.bbox, '[]'), '') as länk,
    d.fiscal_year as år,
    d.municipality as kommun,
    d.title as rapport,
    d.filename as fil,
    n.code as kod,
    n.message as meddelande,
    n.page as sida,
    n.id
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
    d.fiscal_year as år,
    d.period_start as från,
    d.period_end as till,
    d.published as datum,
    d.reference as diarienummer,
    d.response_due as svar_senast,
    d.overall_assessment as samlad_bedömning,
    d.pages as sidor,
    d.filename as fil,
    d.type_reasons as varför_typen,
    a.title as svarar_på
from documents d
left join organisations o on o.id = d.organisation_id
left join documents a on a.id = d.answers_document_id;

create view tveksamma_organisationer as
select
    a.municipality as kommun,
    a.name as organisation,
    b.name as kanske_samma,
    p.score as likhet,
    p.reason as varför,
    a.kind as slag,
    p.organisation_id as organisation_id,
    p.other_id as kanske_samma_id
from organisation_pairs p
join organisations a on a.id = p.organisation_id
join organisations b on b.id = p.other_id;
