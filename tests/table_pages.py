"""Pages with tables of every kind that reports set them in, and pages that look like tables and hold none; made when the tests run."""

from pathlib import Path

CSS = """
@page { size: A4; margin: 22mm 20mm }
body { font: 10pt/1.35 'DejaVu Sans', sans-serif }
section { break-after: page }
table { border-collapse: collapse; width: 100% }
td, th { padding: 2pt 5pt; text-align: left; vertical-align: top; font-weight: normal }
th { font-weight: bold }
.n td:not(:first-child), .n th:not(:first-child) { text-align: right }
.grid td, .grid th { border: .6pt solid #333 }
.lines tr { border-bottom: .6pt solid #999 }
.head thead tr:last-child { border-bottom: 1pt solid #000 }
.zebra tbody tr:nth-child(odd) { background: #dce9f5 }
.zebra thead tr { background: #1f4e79; color: #fff }
.plan td { border: .6pt solid #333 } .plan th, .plan tr:last-child td { background: #4f81bd; color: #fff; border: none }
.left th, .left th:not(:first-child) { text-align: left }
.centred th:not(:first-child) { text-align: center; width: 18% } .plain th { font-weight: normal }
.bottom td { vertical-align: bottom } .middle td { vertical-align: middle }
"""

PROSE = "Nämnden har under perioden arbetat vidare med de åtgärder som beslutades i budgeten, och flera av dem har gett resultat. "


def rows(*lines: str, tag: str = "td") -> str:
    """Rows of cells parted by `|`; a cell that begins with `2>` spans two columns, `2v` two rows."""
    out = []
    for line in lines:
        cells = []
        for cell in line.split("|"):
            text, attrs = cell.strip(), ""
            if text[1:2] in {">", "v"} and text[0].isdigit():
                attrs = f' {"colspan" if text[1] == ">" else "rowspan"}="{text[0]}"'
                text = text[2:]
            cells.append(f"<{tag}{attrs}>{text}</{tag}>")
        out.append("<tr>" + "".join(cells) + "</tr>")
    return "".join(out)


def table(kind: str, head: tuple[str, ...], body: tuple[str, ...]) -> str:
    """One table as HTML."""
    return f'<table class="{kind}"><thead>{rows(*head, tag="th")}</thead><tbody>{rows(*body)}</tbody></table>'


def beside(left: str, right: str, wide: str, rest: str) -> str:
    """Two things next to each other."""
    return f'<div style="display:flex;gap:24pt"><div style="width:{wide}">{left}</div><div style="width:{rest}">{right}</div></div>'


def boxes(*cells: str) -> str:
    """A table of one column; its bold cells are shaded."""
    shade = ' style="background:#cde"'
    return f'<table class="grid">{"".join(f"<tr><td{shade if c[0] == chr(60) else chr(32)}>{c}</td></tr>" for c in cells)}</table>'


def contents(leader: str) -> str:
    """A contents list, with a leader of dots or none."""
    lines = (("1 Inledning", 3), ("2 Sammanfattning", 4), ("3 Ekonomi", 9), ("3.1 Resultat", 9), ("4 Personal", 14))
    fill = f'<span style="flex:1;overflow:hidden;white-space:nowrap">{leader}</span>'
    return "".join(f'<div style="display:flex"><span>{t}</span>{fill}<span>{p}</span></div>' for t, p in lines)


def chart() -> str:
    """Bars with numbers on them, years under them and an axis beside them."""
    out = []
    for i in range(5):
        y = 20 + 40 * i
        out.append(f'<line x1="40" x2="390" y1="{y}" y2="{y}" stroke="#ccc"/><text x="2" y="{y + 4}" font-size="9">{1000 - 250 * i}</text>')
    for i in range(4):
        x, y = 60 + 80 * i, 60 + 20 * i
        out.append(f'<rect x="{x}" y="{y}" width="30" height="{120 - 20 * i}" fill="#369"/>')
        out.append(f'<text x="{x}" y="{y - 6}" font-size="9">{750 - 120 * i}</text><text x="{x}" y="196" font-size="9">{2019 + i}</text>')
    return f'<svg width="400" height="220">{"".join(out)}</svg>'


def bars() -> str:
    """Bars with drawn edges on one ground line, which meet the axes: what could be taken for cells."""
    out = ['<line x1="40" x2="390" y1="180" y2="180" stroke="#000"/><line x1="40" x2="40" y1="20" y2="180" stroke="#000"/>']
    for i, tall in enumerate((120, 40, 90, 150)):
        x = 40 + 80 * i
        out.append(f'<rect x="{x}" y="{180 - tall}" width="80" height="{tall}" fill="#c33" stroke="#000"/>')
        out.append(
            f'<text x="{x + 30}" y="{195 - tall}" font-size="9">{tall}</text><text x="{x + 30}" y="192" font-size="9">{2019 + i}</text>'
        )
    return f'<svg width="400" height="220">{"".join(out)}</svg>'


MONEY = (
    "Verksamhetens intäkter|1 067,4|1 020,0|47,4",
    "Verksamhetens kostnader|- 6 279,1|- 6 150,0|- 129,1",
    "Avskrivningar|-212,0|-210,5|-1,5",
    "<b>Nettokostnad</b>|<b>-5 423,7</b>|<b>-5 340,5</b>|<b>-83,2</b>",
)
LONG = (
    "Andel ärenden som avslutas inom den tid som nämnden har beslutat och som har följts upp med stickprov|92,5|95|-2,5",
    "Antal boende i särskilt boende som har fått sin genomförandeplan uppdaterad under året|118|120|-2",
    "Kostnad per plats|641 200|655 000|13 800",
)
SPARSE = (
    "<b>Infrastruktur</b>||||",
    "Gång- och cykelväg|12 400|||3 100",
    "Belysning||1 250||",
    "<b>Fastigheter</b>||||",
    "Förskola Björken|||48 000|",
    "Ombyggnad kök|2 300||1 700|",
    "<b>Summa</b>|<b>14 700</b>|<b>1 250</b>|<b>49 700</b>|<b>3 100</b>",
)
QUESTIONS = (
    "Har nämnden en aktuell plan för sin lokalförsörjning?|Ja|Planen antogs i mars och omfattar tio år. Den följs upp varje tertial.",
    "Är ansvaret mellan nämnden och styrelsen tydligt fördelat och känt i organisationen?|Delvis|Ansvaret är beskrivet "
    "i reglementet, men de intervjuade beskriver det på olika sätt.",
    "Följs kostnaderna upp?|Nej|Någon samlad uppföljning har inte gjorts.",
)
STAFF = ("Kommunstyrelsen|118|121|3", "Barn- och utbildningsnämnden|1 742|1 751|9", "Socialnämnden|688|702|14", "Totalt|2 548|2 574|26")

SMALL = ("Intäkter|1 240|1 310", "Kostnader|-5 400|-5 610", "Netto|-4 160|-4 300")
ASSETS = ("Byggnader|1 240", "Fordringar|310", "Kassa|86")
DEBTS = ("Eget kapital|1 300", "Lån|226", "Övrigt|110")
LEVELS = ("Kommunstyrelsen|31,2|32,0|95,0|96,0", "Socialnämnden|1 121,8|1 117,6|3 365,4|3 353,0", "Summa|1 153,0|1 149,6|3 460,4|3 449,0")
AMOUNTS = "Intäkterna uppgick till 1 240 tkr och kostnaderna till 5 610 tkr, att jämföra med 1 310 tkr och 5 400 tkr året innan. "

AGES = ("0–5 år|1 802|1 866|-64", "6–15 år|3 701|3 688|13", "16–18 år|1 122|1 098|24", "65+|7 291|7 161|130", "Totalt|13 916|13 813|103")
PROJECTS = (
    "Exploatering Norra Hamnen, etapp 1 och<br>2 inklusive kajer och en ny bro över<br>Lillån|28 700|12 623|16 077",
    "Ny skola i Backa|37 400|14 070|23 330",
    "Särskilt boende Linden|57 100|16 756|40 344",
    "Simhall, projektering|12 500|6 039|6 461",
)
NARROW = ("Kommunstyrelsen|-41,2|0,9", "Socialnämnden|-52,9|1,6", "Summa|-94,1|2,5")
KRONOR = ("Lokaler|31 877 402|30 900 000|-977 402", "Måltider|18 044 950|18 300 000|255 050", "Totalt|49 922 352|49 200 000|-722 352")
ANSWERS = ("100 Nämnd|0|-1 411|-1 411|-1 500", "110 Stab|204|-8 877|-8 673|-8 500", "Summa|204|-10 288|-10 084|-10 000")
LONG_HEAD_3 = ("|Total utgift|2024|2025",)
SICK = ("Kvinnor|8,1|7,6|-0,5", "Män|5,0|5,1|0,1", "Totalt|7,4|7,0|-0,4")
NOTED = ("Byggnader|12|1 841|1 802|3 120|3 044", "Inventarier|13|88|90|131|128", "Fordringar|15|201|188|240|231")

TEXT = f"<p>{PROSE}</p>"
LEADERS = tuple(
    f"{label} {'.' * (40 - len(label))}|{a}|{b}" for label, a, b in (("Byggnader", 1240, 1190), ("Fordringar", 310, 296), ("Kassa", 86, 71))
)

CASES: dict[str, str] = {
    "grid_two_levels": table("grid n", ("2vNämnd|2>Januari–april|2>Helår", "Utfall|Budget|Prognos|Budget"), LEVELS),
    "lines_unit_head": table("lines n", ("Belopp i tkr|Utfall<br>jan–apr 2023|Budget<br>jan–apr 2023|Avvikelse",), MONEY),
    "head_rule_only": table("head n", ("Mått|Utfall 2022|Mål 2022|Avvikelse",), LONG),
    "head_rule_bottom": table("head n bottom", ("Mått|Utfall 2022|Mål 2022|Avvikelse",), LONG),
    "head_rule_middle": table("head n middle", ("Mått|Utfall 2022|Mål 2022|Avvikelse",), LONG),
    "zebra_text": table("zebra", ("Revisionsfråga|Bedömning|Kommentar",), QUESTIONS),
    "lines_text": table("lines", ("Revisionsfråga|Bedömning|Kommentar",), QUESTIONS),
    "band_of_rows": table(
        "grid n", ("Tkr|Utfall|Budget",), ("Personal<br>Lokaler<br>Övrigt|-717<br>-155<br>-20|-709<br>-155<br>-31", "Summa|-892|-895")
    ),
    "shaded_sum": table("plan", ("Enhet|Åtgärd|Effekt 2023",), ("Alla|Färre resor|2,1 mnkr", "Kök|Nya avtal|0,5 mnkr", "||2,6 mnkr")),
    "bare_numbers": table("n", ("Mkr|Utfall|Budget|Avvikelse",), MONEY),
    "bare_staff": table("n", ("Antal årsarbetare|April 2022|April 2023|Förändring",), STAFF),
    "sparse": table("lines n", ("Tkr|2023|2024|2025|2026",), SPARSE),
    "bare_sparse": table("n", ("Tkr|2023|2024|2025|2026",), SPARSE),
    "beside_prose": beside(PROSE * 4, table("lines n", ("Tkr|2022|2023",), SMALL), "48%", "52%"),
    "side_by_side": beside(table("lines n", ("Tillgångar|2023",), ASSETS), table("lines n", ("Skulder|2023",), DEBTS), "46%", "46%"),
    "in_a_column": f'<div style="columns:2">{TEXT * 4}{table("zebra n", ("Tkr|2022|2023",), SMALL)}{TEXT * 9}</div>',
    "repeated_years": table("n", ("||Kommunen||Koncernen", "|2023|2022|2023|2022"), LEVELS),
    "flush_heads": table("head n left", ("|Utfall||Budget", "Mnkr|2023|2022|2023"), MONEY),
    "flush_turns": table("head n left", ("|Perioden||Helår|", "Mnkr|Budget|Utfall|Budget|Prognos"), LEVELS),
    "leaders": table("n", ("Tkr|2023|2022",), LEADERS),
    "broken_alike": table(
        "n bottom", ("Antal|2023|2022",), ("Tillsvidareanställda|2<br>104|2<br>098", "Timavlönade|118|124", "Vikarier|31|29")
    ),
    "ages": table("n", ("|31 dec 2023|31 dec 2022|Förändring",), AGES),
    "long_label_bottom": table("n bottom", ("Projekt (tkr)|Budget|Utfall|Återstår",), PROJECTS),
    "broken_middle": table(
        "n middle", ("Antal|2023|2022",), ("Tillsvidareanställda|2<br>104|2<br>098", "Timavlönade|118|124", "Vikarier|31|29")
    ),
    "broken_top": table("n", ("Antal|2023|2022",), ("Tillsvidareanställda|2<br>104|2<br>098", "Timavlönade|118|124", "Vikarier|31|29")),
    "note_and_turns": table("n", ("|Not||Kommunen||Koncernen", "||2023|2022|2023|2022"), NOTED),
    "wide_head_in_middle": table("zebra n centred", ("mnkr|Utfall<br>2025|Prognosavvikelse<br>2025",), NARROW),
    "two_titled": f"{table('n plain', ('|Utfall 2023|Budget 2023|Differens',), KRONOR)}<p><b>Bokslut per ansvar</b></p>"
    + table("n plain", ("Ansvar|Intäkt|Kostnad|Netto|Budget",), ANSWERS),
    "lone_row_then_titled": f"{table('n', LONG_HEAD_3, ('<b>Totalt</b>|<b>664 000</b>|<b>135 000</b>|<b>529 000</b>',))}"
    + f"<p><b>Sjukfrånvaro</b></p>{table('n', ('|2023|2024|Förändring',), SICK)}",
    "goal_column": boxes("<b>Mål: Fler i arbete</b>", PROSE, "<b>Mål: Trygg skola</b>", PROSE * 2),
}
NOTHING: dict[str, str] = {
    "bars": bars(),
    "two_columns": f'<div style="columns:2;text-align:justify">{"".join(f"<p>{PROSE * 2}</p>" for _ in range(4))}</div>',
    "contents_dots": contents("." * 150),
    "contents_plain": contents(""),
    "box": f'<div style="border:1pt solid #333;padding:8pt"><b>Sammanfattning</b><p>{PROSE * 3}</p></div>',
    "address": beside("Tallängs kommun<br>Box 14<br>123 45 Talläng", "Datum<br>2023-05-04<br>Dnr KS 2023/118", "60%", "30%"),
    "list": f"<ol>{f'<li>{PROSE}</li>' * 4}</ol><ul>{f'<li>{PROSE}</li>' * 3}</ul>",
    "chart": chart(),
    "prose_with_numbers": f"<p style='text-align:justify'>{PROSE}{AMOUNTS}{PROSE}</p>" * 3,
}


def write_pages(path: Path) -> dict[str, int]:
    """Writes a PDF with one page for each case and returns the page number of each."""
    import weasyprint

    cases = CASES | NOTHING
    html = "".join(f"<section><h2>Rubrik {i}</h2><p>{PROSE}</p>{body}<p>{PROSE}</p></section>" for i, body in enumerate(cases.values(), 1))
    weasyprint.HTML(string=f"<html lang='sv'><style>{CSS}</style><body>{html}</body></html>").write_pdf(path)
    return {name: i for i, name in enumerate(cases, 1)}


LONG_BODY = tuple(f"Verksamhet nummer {i}|{1000 + 37 * i}|{990 + 35 * i}|{10 + 2 * i}" for i in range(1, 61))
LONG_HEAD = ("Belopp i tkr|Utfall 2023|Budget 2023|Avvikelse",)
ALONE = 33
"""So many rows leave the last one alone on the second page."""
PUSHED = 189
"""So many millimetres of white leave room for the header and one row on the first page."""
NOTE_HEAD = ("|Not||Kommunen||Koncernen", "||2023|2022|2023|2022")
NOTE_BODY = tuple(
    f"Post nummer {i}|{i if i < 26 else ''}|{1000 + 37 * i}|{990 + 35 * i}|{2000 + 41 * i}|{1990 + 39 * i}" for i in range(1, 41)
)
BROKEN: dict[str, str] = {
    "grid_repeated": table("grid n", LONG_HEAD, LONG_BODY),
    "grid_once": table("grid n", (), (*LONG_HEAD, *LONG_BODY)),
    "zebra_once": table("zebra n", (), (*LONG_HEAD, *LONG_BODY)),
    "lines_once": table("lines n", (), (f"<b>{'</b>|<b>'.join(LONG_HEAD[0].split('|'))}</b>", *LONG_BODY)),
    "bare_repeated": table("n", LONG_HEAD, LONG_BODY),
    "cell_goes_on": table("grid", ("Mål|Analys",), (f"Fler i arbete|{PROSE * 24}", f"Trygg skola|{PROSE * 30}", "God ekonomi|Kort svar.")),
}
BROKEN_ODDLY: dict[str, str] = {
    "last_row_alone": table("n", LONG_HEAD, LONG_BODY[:ALONE]),
    "first_row_alone": f'<div style="height:{PUSHED}mm"></div>{table("n", LONG_HEAD, LONG_BODY[:9])}',
    "empty_column": table("n", NOTE_HEAD, NOTE_BODY),
}


def write_broken(path: Path, name: str) -> None:
    """Writes a PDF with one table that goes on over page breaks, text before and after it, and a page number in the foot."""
    import weasyprint

    foot = "@page { @bottom-right { content: counter(page); font-size: 8pt } }"
    html = f"<h1>Uppföljning</h1><p>{PROSE * 3}</p>{(BROKEN | BROKEN_ODDLY)[name]}<p>{PROSE * 2}</p>"
    weasyprint.HTML(string=f"<html lang='sv'><style>{CSS}{foot}</style><body>{html}</body></html>").write_pdf(path)
