"""Small reports typeset for the tests of goals: each a form of its own, with what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

COLORS = {"green": "#2e9e4f", "yellow": "#f2c230", "red": "#d6322c", "grey": "#9a9a9a"}
STYLE = """@page{size:A4;margin:2cm} body{font-family:"DejaVu Sans";font-size:9.5pt;line-height:1.35}
h1{font-size:18pt} h2{font-size:14pt} h3{font-size:11.5pt} h4{font-size:10pt}
table{border-collapse:collapse;width:100%;margin:6pt 0} td,th{border:0.6pt solid #888;padding:3pt 4pt;vertical-align:top;text-align:left}
th{background:#dde6ef} .group td{background:#eee;font-weight:bold}"""
FILLING = "<p>Under perioden har verksamheten bedrivits i nära samverkan med invånare, föreningar och företag. Flera insatser har "
FILLING += "kommit i gång och andra planeras till hösten.</p>"


@dataclass(frozen=True)
class Page:
    """A report of one page: its HTML, and its goals as (organisation, goal, fulfilment, colour); the other kinds as they are compared."""

    name: str
    html: str
    goals: list[tuple[str | None, str, str, str | None]] = field(default_factory=list)
    indicators: list[tuple[str, str, float]] = field(default_factory=list)
    activities: list[tuple[str, str]] = field(default_factory=list)
    assignments: list[tuple[str, str]] = field(default_factory=list)


def disc(color: str) -> str:
    """A coloured letter."""
    return f'<span style="color:{COLORS[color]};font-size:13pt">●</span>'


def drawn(color: str) -> str:
    """A drawn disc."""
    return f'<svg width="11" height="11"><circle cx="5.5" cy="5.5" r="5" fill="{COLORS[color]}"/></svg>'


def arrow(up: bool) -> str:
    """A drawn arrow head."""
    return f'<svg width="11" height="11"><polygon points="{"5,0 10,8 0,8" if up else "0,0 10,0 5,8"}" fill="#444"/></svg>'


def bar(share: int) -> str:
    """A progress bar."""
    return (
        f'<svg width="80" height="9"><rect width="80" height="9" fill="#ddd"/><rect width="{0.8 * share}" height="9" fill="#2e9e4f"/></svg>'
    )


def table(head: list[str], *rows: list[str]) -> str:
    """A ruled table; a row of one cell spans all columns."""
    body = "".join(
        f'<tr class="group"><td colspan="{len(head)}">{row[0]}</td></tr>'
        if len(row) == 1
        else "<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>"
        for row in rows
    )
    return "<table><tr>" + "".join(f"<th>{h}</th>" for h in head) + "</tr>" + body + "</table>"


def front(title: str, body: str = "", place: str = "Hultby kommun") -> str:
    """Title and publisher."""
    return f"<h1>{title}</h1><p>{f'{body}, ' if body else ''}{place}</p>{FILLING}"


def typeset(page: Page, folder: Path) -> Path:
    """The page as a PDF."""
    import weasyprint

    path = folder / f"{page.name}.pdf"
    html = f'<html lang="sv"><head><title>{page.name}</title><style>{STYLE}</style></head><body>{page.html}</body></html>'
    weasyprint.HTML(string=html).write_pdf(path)
    return path


def _groups() -> Page:
    html = front("Delårsrapport januari–augusti 2024") + "<h2>Måluppfyllelse</h2>"
    html += table(
        ["Mål", "Status", "Kommentar"],
        ["Socialnämnden"],
        ["Äldre ska känna sig trygga i hemmet", disc("green"), "Fler hembesök har genomförts."],
        ["Färre barn ska växa upp i familjer med långvarigt bistånd", disc("red"), "Antalet hushåll har ökat under våren."],
        ["Tekniska nämnden"],
        ["Energianvändningen i kommunens lokaler ska minska", disc("grey"), "Mätningen görs i december."],
    )
    return Page(
        "grupprader",
        html,
        [
            ("Socialnämnden", "Äldre ska känna sig trygga i hemmet", "uppfylls", "green"),
            ("Socialnämnden", "Färre barn ska växa upp i familjer med långvarigt bistånd", "uppfylls_inte", "red"),
            ("Tekniska nämnden", "Energianvändningen i kommunens lokaler ska minska", "ej_bedomt", "grey"),
        ],
    )


def _labels() -> Page:
    html = front("Verksamhetsberättelse 2024", "Utbildningsnämnden") + "<h2>2 Uppföljning av mål</h2>"
    said = [
        ("Alla barn ska kunna simma när de lämnar årskurs sex", "Uppfyllt", "uppfylls"),
        ("Skolmaten ska vara klimatsmart och god", "Delvis uppfyllt", "delvis"),
        ("Behörigheten bland lärarna ska öka", "Ej uppfyllt", "uppfylls_inte"),
        ("Eleverna ska trivas i sin skola", "Går ej att bedöma", "ej_bedomt"),
    ]
    for i, (goal, word, _) in enumerate(said, 1):
        html += f"<h3>Mål {i}: {goal}</h3><p><b>Bedömning:</b> {word}</p>{FILLING}"
    return Page("etiketter", html, [("Utbildningsnämnden", goal, status, None) for goal, _, status in said])


def _financial() -> Page:
    html = front("Årsredovisning 2023") + "<h2>God ekonomisk hushållning</h2><h3>Finansiella mål</h3>"
    html += table(
        ["Finansiellt mål", "Utfall 2023", "Bedömning"],
        ["Resultatet ska uppgå till minst två procent av skatteintäkterna", "2,4 %", "Uppfyllt"],
        ["Soliditeten ska inte understiga 40 procent", "38,7 %", "Ej uppfyllt"],
    )
    html += (
        "<h3>Verksamhetsmål</h3><h4>Personalen ska ha rätt kompetens</h4><p>Fler har utbildats än i fjol. Målet bedöms vara uppfyllt.</p>"
    )
    html += (
        "<h4>Näringslivet ska erbjudas god service</h4><p>Nöjdheten är oförändrad. Målet har inte uppnåtts.</p><h2>Ekonomi</h2>" + FILLING
    )
    return Page(
        "hushallning",
        html,
        [
            (None, "Resultatet ska uppgå till minst två procent av skatteintäkterna", "uppfylls", None),
            (None, "Soliditeten ska inte understiga 40 procent", "uppfylls_inte", None),
            (None, "Personalen ska ha rätt kompetens", "uppfylls", None),
            (None, "Näringslivet ska erbjudas god service", "uppfylls_inte", None),
        ],
    )


def _activities() -> Page:
    html = front("Tertialrapport 1 2025", "Kultur- och fritidsnämnden") + "<h2>Måluppföljning</h2>"
    html += table(
        ["Nämndmål", "Bedömning"], ["Fler ska ta del av kulturlivet", drawn("green") + " Arbetet har gett resultat och fortsätter i höst."]
    )
    html += table(
        ["Aktivitet", "Status", "Färdiggrad"],
        ["Öppna en ny filial i Norrstad", "Genomförd", bar(100) + " 100 %"],
        ["Starta kulturpass för unga", "Pågår", bar(60) + " 60 %"],
        ["Digitalisera arkivet", "Ej påbörjad", bar(0) + " 0 %"],
    )
    return Page(
        "aktiviteter",
        html,
        [("Kultur- och fritidsnämnden", "Fler ska ta del av kulturlivet", "uppfylls", "green")],
        activities=[
            ("Öppna en ny filial i Norrstad", "genomford"),
            ("Starta kulturpass för unga", "pagar"),
            ("Digitalisera arkivet", "ej_paborjad"),
        ],
    )


def _trend() -> Page:
    html = front("Delårsrapport augusti 2025", "Miljö- och byggnadsnämnden") + "<h2>Nämndens mål</h2>"
    html += table(
        ["Mål", "Trend", "Måluppfyllelse", "Analys"],
        ["Handläggningstiderna ska vara korta", arrow(True), "På väg", "Andelen beslut inom tio veckor har ökat."],
        ["Kommunens luft ska bli renare", arrow(False), "Ej uppnått", "Halterna av partiklar har ökat vid genomfarten."],
    )
    html += table(
        ["Mätetal", "Utfall 2023", "Utfall 2024", "Målvärde 2025"],
        ["Andel bygglov med beslut inom tio veckor", "71 %", "83 % (avser 2023)", "Minst 90"],
        ["Antal tillsynsbesök", "Nytt mätetal", "98", "150"],
    )
    return Page(
        "trend",
        html,
        [
            ("Miljö- och byggnadsnämnden", "Handläggningstiderna ska vara korta", "delvis", None),
            ("Miljö- och byggnadsnämnden", "Kommunens luft ska bli renare", "uppfylls_inte", None),
        ],
        indicators=[
            ("Andel bygglov med beslut inom tio veckor", "Utfall 2023", 71),
            ("Andel bygglov med beslut inom tio veckor", "Utfall 2024", 83),
            ("Andel bygglov med beslut inom tio veckor", "Målvärde 2025", 90),
            ("Antal tillsynsbesök", "Utfall 2024", 98),
            ("Antal tillsynsbesök", "Målvärde 2025", 150),
        ],
    )


def _matrix() -> Page:
    html = front("Årsredovisning 2024") + "<h2>Sammanställning av måluppfyllelse</h2>"
    html += table(
        ["Övergripande mål", "Nämndmål", "Ansvarig nämnd", "Prognos helår"],
        ["En växande kommun", "Fler byggklara tomter ska finnas", "Tekniska nämnden", "Grön"],
        ["En trygg kommun", "Belysningen ska förbättras", "Tekniska nämnden", "Röd"],
        ["En trygg kommun", "Fler ska delta i grannsamverkan", "Kommunstyrelsen", "Gul"],
    )
    html += "<h2>Uppdrag från kommunfullmäktige</h2>" + table(
        ["Nr", "Uppdrag", "Nämnd", "Status"],
        ["1", "Utreda förutsättningarna för en ny simhall", "Kultur- och fritidsnämnden", "Pågår"],
        ["2", "Ta fram en plan för laddstolpar", "Tekniska nämnden", "Genomfört"],
    )
    html += "<h2>Budgetuppdrag 2024</h2><p><b>Socialnämnden</b></p>"
    html += "<ul><li>Utreda formerna för en familjecentral. Utredningen är ej påbörjad.</li></ul>"
    return Page(
        "matris",
        html,
        [
            ("Tekniska nämnden", "Fler byggklara tomter ska finnas", "uppfylls", None),
            ("Tekniska nämnden", "Belysningen ska förbättras", "uppfylls_inte", None),
            ("Kommunstyrelsen", "Fler ska delta i grannsamverkan", "delvis", None),
        ],
        assignments=[
            ("Utreda förutsättningarna för en ny simhall", "pagar"),
            ("Ta fram en plan för laddstolpar", "genomford"),
            ("Utreda formerna för en familjecentral.", "ej_paborjad"),
        ],
    )


def _two_years() -> Page:
    html = front("Årsredovisning 2024") + "<h2>Miljömål</h2>"
    html += table(
        ["Mål", "2023", "2024"],
        ["Avfallet per invånare ska minska", disc("red"), disc("yellow")],
        ["Andelen förnybar energi ska öka", disc("yellow"), disc("green")],
        ["Buller i bostadsområden ska minska", disc("green"), disc("red")],
    )
    return Page(
        "tva-ar",
        html,
        [
            (None, "Avfallet per invånare ska minska", "delvis", "yellow"),
            (None, "Andelen förnybar energi ska öka", "uppfylls", "green"),
            (None, "Buller i bostadsområden ska minska", "uppfylls_inte", "red"),
        ],
    )


def _signs_in_prose() -> Page:
    html = front("Uppföljning januari–april 2025", "Vård- och omsorgsnämnden") + "<h2>Måluppfyllelse</h2>"
    html += f"<h3>{drawn('green')} Trygg och säker vård nära invånaren</h3>{FILLING}"
    html += f"<h3>{drawn('yellow')} Digitala lösningar ska underlätta vardagen</h3><p>Prognosen är att målet nås.</p>"
    return Page(
        "tecken",
        html,
        [
            ("Vård- och omsorgsnämnden", "Trygg och säker vård nära invånaren", "uppfylls", "green"),
            ("Vård- och omsorgsnämnden", "Digitala lösningar ska underlätta vardagen", "delvis", "yellow"),
        ],
    )


def _none() -> Page:
    html = front("Delårsrapport april 2025") + "<h2>Kommunens mål 2025–2027</h2><p>Fullmäktige har antagit följande mål:</p><ul>"
    html += "<li>Alla barn ska få en bra skolstart</li><li>Kommunens ekonomi ska vara i balans</li></ul>"
    html += "<p>Målen följs upp i årsredovisningen.</p>"
    html += "<h2>Styrmodell</h2>" + table(
        ["Mål", "Indikator"],
        ["Alla barn ska få en bra skolstart", "Andel elever som klarar läskraven"],
        ["Utsläppen ska halveras till 2030", "Ton koldioxid"],
    )
    return Page("inga", html + "<h2>Ekonomi</h2>" + FILLING)


def _headed_status() -> Page:
    html = front("Verksamhetsberättelse 2024", "Kulturnämnden") + "<h2>Mål och måluppfyllelse</h2>"
    html += "<h3>Fler unga möter konsten</h3><h4>Måluppfyllelse: God</h4><p>Skolorna har besökt konsthallen varje vecka.</p>"
    html += "<h3>Filialerna hålls öppna</h3><h4>Måluppfyllelse: Låg</h4><p>Två filialer stängdes i våras.</p>"
    html += "<h2>God ekonomisk hushållning</h2><ul><li><b>Bidragen ska rymmas inom budget.</b> Målet är uppfyllt med marginal.</li>"
    html += "<li>Avgifterna ska täcka en tiondel av kostnaderna – ej uppfyllt</li></ul>"
    body = "Kulturnämnden"
    return Page(
        "headed",
        html,
        [
            (body, "Fler unga möter konsten", "uppfylls", None),
            (body, "Filialerna hålls öppna", "uppfylls_inte", None),
            (body, "Bidragen ska rymmas inom budget", "uppfylls", None),
            (body, "Avgifterna ska täcka en tiondel av kostnaderna", "uppfylls_inte", None),
        ],
    )


def _bodies_across() -> Page:
    html = front("Årsredovisning 2024") + "<h2>Måluppfyllelse</h2>"
    html += table(
        ["Mål", "Kommunstyrelsen", "Socialnämnden"],
        ["En trygg plats att leva på", drawn("green"), drawn("red")],
        ["Hållbara resor i vardagen", drawn("yellow"), drawn("green")],
    )
    first, second = "En trygg plats att leva på", "Hållbara resor i vardagen"
    return Page(
        "across",
        html,
        [
            ("Kommunstyrelsen", first, "uppfylls", "green"),
            ("Socialnämnden", first, "uppfylls_inte", "red"),
            ("Kommunstyrelsen", second, "delvis", "yellow"),
            ("Socialnämnden", second, "uppfylls", "green"),
        ],
    )


def _cards() -> Page:
    html = front("Verksamhetsberättelse 2024", "Valnämnden") + "<h2>Uppföljning av nämndens mål</h2>"
    for goal, status in (("Alla väljare har nära till en vallokal", "Uppfyllt"), ("Rösterna räknas samma kväll", "Ej uppfyllt")):
        rows = [("Mål", goal), ("Måluppfyllelse", status), ("Kommentar", "Nämnden har utvärderat arbetet med ordförandena.")]
        html += "<table>" + "".join(f"<tr><td><b>{a}</b></td><td>{b}</td></tr>" for a, b in rows) + "</table><p>Mer finns att läsa.</p>"
    body = "Valnämnden"
    goals: list[tuple[str | None, str, str, str | None]] = [
        (body, "Alla väljare har nära till en vallokal", "uppfylls", None),
        (body, "Rösterna räknas samma kväll", "uppfylls_inte", None),
    ]
    return Page("cards", html, goals)


def _headed_assignments() -> Page:
    html = front("Tertialrapport april 2025", "Miljönämnden") + "<h2>Uppdrag från kommunfullmäktige</h2>"
    html += "<h3>Redovisa hur tillsynen kan digitaliseras</h3><p>Uppdraget är slutfört och redovisades i mars.</p>"
    html += "<h3>Uppdrag: Föreslå åtgärder mot nedskräpning</h3><p>Arbetet pågår och redovisas efter sommaren.</p>"
    html += "<h3>Nämndens sammanträden</h3><p>Nämnden har haft fyra sammanträden.</p>"
    told = [("Redovisa hur tillsynen kan digitaliseras", "genomford"), ("Föreslå åtgärder mot nedskräpning", "pagar")]
    return Page("assignments", html, assignments=told)


def _crossed() -> Page:
    """Bodies in the rows, goals in the header, a key in one line; and aims as headings outside any section on goals."""
    html = front("Årsredovisning 2024") + "<h2>Fullmäktiges mål</h2>"
    html += table(
        ["Nämnd", "En trygg vardag", "Ekonomi i balans"],
        ["Socialnämnden", disc("green"), disc("red")],
        ["Tekniska nämnden", disc("grey"), disc("yellow")],
    )
    html += "<p>Grön = målet är uppfyllt, gul = målet är delvis uppfyllt, röd = målet är inte uppfyllt, grå = målet är ej bedömt</p>"
    html += "<h2>Socialnämnden</h2><h3>Köerna till stöd ska kortas</h3><p>Status: Delvis uppfyllt</p><p>Kön är kortare.</p>"
    html += "<h3>Fler ska få insatser i hemmet</h3><p>Antalet insatser har ökat. Sammantaget bedöms målet nås.</p>"
    html += "<h3>Lokalen vid torget ska rivas</h3><p>Rivningen sker i vår.</p>"
    return Page(
        "crossed",
        html,
        [
            ("Socialnämnden", "En trygg vardag", "uppfylls", "green"),
            ("Socialnämnden", "Ekonomi i balans", "uppfylls_inte", "red"),
            ("Tekniska nämnden", "En trygg vardag", "ej_bedomt", "grey"),
            ("Tekniska nämnden", "Ekonomi i balans", "delvis", "yellow"),
            ("Socialnämnden", "Köerna till stöd ska kortas", "delvis", None),
            ("Socialnämnden", "Fler ska få insatser i hemmet", "uppfylls", None),
        ],
    )


def _upright_cards() -> Page:
    """Cards side by side, each with an aim, an outcome and a word; a table of times in the same shape is none."""
    html = front("Delårsrapport augusti 2024", "Ekebo Bostäder AB") + "<h2>Målkort</h2>"
    html += table(
        ["Kund", "Ekonomi"],
        ["Serviceindex ska vara minst 80", "Avkastningen ska vara minst 3 procent"],
        ["Utfall: 82", "Utfall: 2,1 procent"],
        ["Uppnått", "Ej uppnått"],
    )
    html += "<h2>Bolagets övriga mål</h2><ul><li>Andelen heltider ska öka (uppfyllt)</li><li>Alla fel ska lagas (ej uppfyllt)</li></ul>"
    html += "<h3>Fler ska välja bolaget</h3><p>Mål uppfyllt: Nej</p><p>Kön har blivit kortare.</p>"
    body = "Ekebo Bostäder AB"
    goals: list[tuple[str | None, str, str, str | None]] = [
        (body, "Serviceindex ska vara minst 80", "uppfylls", None),
        (body, "Avkastningen ska vara minst 3 procent", "uppfylls_inte", None),
        (body, "Andelen heltider ska öka", "uppfylls", None),
        (body, "Alla fel ska lagas", "uppfylls_inte", None),
        (body, "Fler ska välja bolaget", "uppfylls_inte", None),
    ]
    return Page("upright", html, goals)


def colored_arrow(color: str) -> str:
    """A drawn arrow in a colour: green upwards, yellow level, red downwards."""
    points = {
        "green": "6,0 12,7 8,7 8,12 4,12 4,7 0,7",
        "yellow": "12,6 5,0 5,4 0,4 0,8 5,8 5,12",
        "red": "6,12 12,5 8,5 8,0 4,0 4,5 0,5",
    }
    return f'<svg width="12" height="12"><polygon points="{points[color]}" fill="{COLORS[color]}"/></svg>'


def _level_lines(name: str, *, key_above: bool) -> Page:
    """Rules between the rows only, bold group rows of one cell, a key right above or below, and short cells beside a tall one."""
    line = "border:0;border-bottom:0.5pt solid #777;vertical-align:middle;font-size:8.5pt"
    words = {"green": "Målet är uppnått", "yellow": "Målet är delvis uppnått", "red": "Målet är inte uppnått"}
    key = f"<p style='margin:0'>{'&nbsp; '.join(f'{drawn(c)} {text} &nbsp; &nbsp; &nbsp;' for c, text in words.items())}</p>"
    rows = [
        ("<b>Kulturnämnden</b>",),
        ("Fler ska delta i kulturlivet", "412 besökare", drawn("green")),
        ("Stödet till föreningar i kommunens alla delar ska vara känt även bland dem som är nya här", "38 procent", drawn("red")),
        ("<b>Räddningsnämnden</b>",),
        ("Insatstiderna ska kortas", "12 minuter", drawn("green")),
        ("Tillsynen av skolor och äldreboenden ska följa den plan som nämnden har antagit för året", "31 besök", drawn("yellow")),
    ]
    head = "".join(f'<th style="{line}">{h}</th>' for h in ("Mål", "Utfall", "Bedömning"))
    body = "".join("<tr>" + "".join(f'<td style="{line}">{c}</td>' for c in (*r, "", "")[:3]) + "</tr>" for r in rows)
    html = front("Årsredovisning 2022") + "<h2>Kommunfullmäktiges verksamhetsmål</h2>" + (key if key_above else "")
    html += f'<table style="margin:3pt 0"><tr>{head}</tr>{body}</table>' + ("" if key_above else key) + "<h2>Ekonomi</h2>" + FILLING
    goals: list[tuple[str | None, str, str, str | None]] = [
        ("Kulturnämnden", rows[1][0], "uppfylls", "green"),
        ("Kulturnämnden", rows[2][0], "uppfylls_inte", "red"),
        ("Räddningsnämnden", rows[4][0], "uppfylls", "green"),
        ("Räddningsnämnden", rows[5][0], "delvis", "yellow"),
    ]
    return Page(name, html, goals)


def _arrows(name: str, key: str, *, attained: bool) -> Page:
    """Coloured arrows that a sentence explains: as attainment, or as a trend."""
    said = [("Tryggheten i centrum ska öka", "green"), ("Väntetiderna ska kortas", "yellow"), ("Fler ska resa kollektivt", "red")]
    status = {"green": "uppfylls", "yellow": "delvis", "red": "uppfylls_inte"}
    html = front("Delårsrapport januari–augusti 2024") + f"<h2>Fullmäktiges mål</h2><p>{key}</p>"
    comment = "Arbetet följer planen för året och redovisas på nytt i årsbokslutet."
    html += table(["Mål", "Prognos", "Kommentar"], *([goal, colored_arrow(color), comment] for goal, color in said))
    return Page(name, html, [(None, goal, status[color] if attained else "ej_bedomt", color) for goal, color in said])


ATTAINED = "Prognosen avser årets slut. Grön pil betyder att målet väntas uppnås, gul pil att det delvis väntas uppnås och röd pil att det "
ATTAINED += "inte väntas uppnås."
TREND = "Grön pil betyder att utvecklingen går åt rätt håll, gul pil att den är oförändrad och röd pil att den går åt fel håll."
PAGES = [_groups(), _labels(), _financial(), _activities(), _trend(), _matrix(), _two_years(), _signs_in_prose(), _none()]
PAGES += [_headed_status(), _bodies_across(), _cards(), _headed_assignments(), _crossed(), _upright_cards()]
PAGES += [_level_lines("linjer", key_above=True), _level_lines("linjer-nyckel-under", key_above=False)]
PAGES += [_arrows("pilar-mal", ATTAINED, attained=True), _arrows("pilar-trend", TREND, attained=False)]
