"""Further small reports for the tests of goals: cards, bars below their text, pills, smileys, short forms of bodies, narrow cells."""

from __future__ import annotations

from tests.goal_pages import COLORS, FILLING, Page, bar, disc, drawn, front, table

STATUS = {"green": "uppfylls", "yellow": "delvis", "red": "uppfylls_inte"}


def _cards_beside() -> Page:
    """Cards side by side, the light at a corner that is nearer to the next card's words than to its own."""
    said = [
        ("Alla ska ha nära till en lekplats", "Två nya lekplatser har öppnats i tätortens norra delar.", "green"),
        ("Köerna till förskolan ska kortas", "Väntan är i medeltal åtta veckor, längst i centrum.", "red"),
        ("Fler ska resa med buss", "Resandet är oförändrat på landsbygden.", "yellow"),
        ("Gatorna ska vara säkra att cykla på", "Tre korsningar har byggts om med egna signaler.", "green"),
    ]
    cell = "display:inline-block;vertical-align:top;position:relative;width:46%;height:84pt;margin:3pt;padding:6pt;box-sizing:border-box;"
    cell += "background:#eef3f6"
    light = '<span style="position:absolute;right:-1pt;top:{}pt">{}</span>'
    cards = [
        f'<div style="{cell}"><p style="margin:0"><b>{goal}</b></p><p>{text}</p>{light.format(12 + 30 * (n % 2), drawn(color))}</div>'
        for n, (goal, text, color) in enumerate(said)
    ]
    html = front("Delårsrapport augusti 2024") + "<h2>Nämndernas mål</h2><h3>Samhällsnämnden</h3>"
    html += "".join(f"<div>{a}{b}</div>" for a, b in (cards[:2], cards[2:])) + f"<h3>Ekonomi</h3>{FILLING}"
    return Page("kort-bredvid", html, [("Samhällsnämnden", goal, STATUS[color], color) for goal, _, color in said])


def _bars_below() -> Page:
    """Bars in a line of their own, nearer to the next row than to their text, without rules."""
    said = [("Bygga en ny mötesplats", 100), ("Utbilda alla handläggare i bemötande", 40), ("Upphandla nya fordon", 0)]
    rows = "".join(
        f'<tr><td style="border:0;padding:2pt 4pt 1pt">{text}<div style="line-height:9pt;margin-top:3pt">{bar(share)} {share} %</div></td>'
        '<td style="border:0">Enhetschef</td></tr>'
        for text, share in said
    )
    html = front("Årsuppföljning 2024", "Fritidsnämnden") + "<h2>Aktiviteter</h2>"
    html += f'<table><tr><th style="border:0">Aktivitet</th><th style="border:0">Ansvarig</th></tr>{rows}</table>{FILLING}'
    states = {100: "genomford", 40: "pagar", 0: "ej_paborjad"}
    return Page("staplar-under", html, activities=[(text, states[share]) for text, share in said])


def _pills() -> Page:
    """The status as words in a rounded box of the light's colour, not in any table."""
    said = [("Vägarna ska hålla god standard", "Uppnås", "green"), ("Läckaget ska minska", "Uppnås inte", "red")]
    pill = '<p><span style="background:{};color:white;border-radius:7pt;padding:2pt 8pt;font-size:8pt">{}</span></p>'
    html = front("Årsuppföljning 2024", "Tekniska nämnden") + "<h2>Måluppföljning</h2>"
    html += "".join(f"<h3>{goal}</h3>{pill.format(COLORS[color], word)}{FILLING}" for goal, word, color in said)
    return Page("piller", html, [("Tekniska nämnden", goal, STATUS[color], color) for goal, _, color in said])


def _smileys() -> Page:
    """Smileys in black with a key, in a table's first column and before headings: they have no light of their own."""
    faces = {"uppfylls": "😊", "delvis": "😐", "uppfylls_inte": "😒"}
    said = [("Alla elever ska nå målen", "uppfylls"), ("Svinnet ska halveras", "uppfylls_inte"), ("Fler ska cykla till skolan", "delvis")]
    html = front("Årsredovisning 2023") + "<h2>Delmål</h2><p>Symbolerna läses så:</p><p>😊 = Delmålet är uppfyllt</p>"
    html += "<p>😐 = Delmålet är delvis uppfyllt</p><p>😒 = Delmålet är inte uppfyllt</p>"
    html += table(["", "Delmål", "Utfall"], *([faces[s], goal, "41 %"] for goal, s in said[:2]))
    html += f"<h3>{faces[said[2][1]]} {said[2][0]}</h3>{FILLING}"
    return Page("smileys", html, [(None, goal, status, None) for goal, status in said])


def _short_forms() -> Page:
    """Bodies over the columns by short forms that the text explains; dashes where a goal is not theirs; a column for the whole."""
    html = front("Delårsrapport april 2024") + "<h2>Måluppfyllelse i översikt</h2>"
    html += "<p>Förkortningar: KS = kommunstyrelsen, SN = socialnämnden, MBN = miljö- och byggnämnden.</p>"
    html += table(
        ["Fullmäktiges mål", "KS", "SN", "MBN", "Samlat"],
        ["En trygg uppväxt", disc("green"), disc("red"), "–", disc("yellow")],
        ["Ett grönt samhälle", "–", disc("yellow"), disc("green"), disc("green")],
        ["En ekonomi i balans", disc("green"), disc("red"), disc("green"), disc("yellow")],
    )
    return Page(
        "kortformer",
        html,
        [
            ("Kommunstyrelsen", "En trygg uppväxt", "uppfylls", "green"),
            ("Socialnämnden", "En trygg uppväxt", "uppfylls_inte", "red"),
            (None, "En trygg uppväxt", "delvis", "yellow"),
            ("Socialnämnden", "Ett grönt samhälle", "delvis", "yellow"),
            ("Miljö- och byggnämnden", "Ett grönt samhälle", "uppfylls", "green"),
            (None, "Ett grönt samhälle", "uppfylls", "green"),
            ("Kommunstyrelsen", "En ekonomi i balans", "uppfylls", "green"),
            ("Socialnämnden", "En ekonomi i balans", "uppfylls_inte", "red"),
            ("Miljö- och byggnämnden", "En ekonomi i balans", "uppfylls", "green"),
            (None, "En ekonomi i balans", "delvis", "yellow"),
        ],
    )


def _run_in() -> Page:
    """A goal in bold that opens its paragraph, which ends with the verdict; in two columns with little white between them."""
    said = [
        ("Fler företag ska växa", "Nettotillskottet var 37 företag, flest inom handel och besöksnäring. Målet är uppfyllt.", "uppfylls"),
        ("Invånarna ska känna sig trygga", "Enkäten visar 71 procent, tre färre än i fjol. Målet är inte uppfyllt.", "uppfylls_inte"),
        ("Lokalerna ska användas bättre", "Två skolor delar numera sporthall, fler följer efter. Målet är delvis uppfyllt.", "delvis"),
    ]
    html = front("Årsredovisning 2022") + '<h2>Mål och resultat</h2><div style="column-count:2;column-gap:7pt;text-align:justify">'
    html += "<h3>Kommunstyrelsen</h3>" + FILLING + "".join(f"<p><b>Mål: {goal}.</b> {text}</p>" for goal, text, _ in said) + 3 * FILLING
    return Page("inlopande", html + "</div>", [("Kommunstyrelsen", goal, status, None) for goal, _, status in said])


def _borderless() -> Page:
    """No rules at all, little white between the columns, goals of two lines, and lights below a header of their own."""
    said = [("Resultaten ska förbättras i alla ämnen", "yellow", [("Behöriga (%)", 81.2, 88), ("Godkända (%)", 77.5, 85)])]
    said += [("Närvaron ska öka", "green", [("Närvaro (%)", 92.6, 92)]), ("Lokaler ska nyttjas", "red", [("Yta (kvm)", 15.3, 13.5)])]
    cell = 'style="border:0;padding:1pt 3pt{}"'
    figure = cell.format(";text-align:right")
    rows = []
    for goal, color, measures in said:
        for n, (name, value, target) in enumerate(measures):
            head = f'<td rowspan="{len(measures)}" {cell.format(";width:100pt")}>{goal}</td>' if n == 0 else ""
            figures = "".join(f"<td {figure}>{str(v).replace('.', ',')}</td>" for v in (value, target))
            light = f"<td {cell.format('')}>{drawn(color) if n == 0 else ''}</td>"
            rows.append(f"<tr>{head}<td {cell.format('')}>{name}</td>{figures}{light}</tr>")
    names = ("Mål", "Indikator", "2025", "Målvärde", "Bedömning")
    heads = "".join(f'<th style="border:0;background:white;padding:1pt 3pt">{name}</th>' for name in names)
    html = front("Tertialrapport 2 2025") + "<h2>Nämndernas mål</h2><h3>Utbildningsnämnden</h3>"
    html += f'<table style="width:auto"><tr>{heads}</tr>{"".join(rows)}</table>{FILLING}'
    indicators = [(name, label, v) for _, _, ms in said for name, *vs in ms for label, v in zip(("2025", "Målvärde"), vs, strict=True)]
    return Page("ramlos", html, [("Utbildningsnämnden", goal, STATUS[color], color) for goal, color, _ in said], indicators)


def _narrow() -> Page:
    """A status column so narrow that its words are broken anywhere, without a hyphen."""
    said = [("Ta fram en läsplan", "Genomf<br>örd", "genomford"), ("Se över taxan", "Ej påbö<br>rjad", "ej_paborjad")]
    html = front("Årsredovisning 2024", "Skolnämnden") + "<h2>Åtgärder under året</h2>"
    html += table(["Åtgärd", "Ansvarig", "Klart", "Status"], *([text, "Chef", "maj 2024", word] for text, word, _ in said))
    goals = [("Frånvaron ska minska", "Ej uppf<br>yllt", "uppfylls_inte"), ("Tryggheten ska öka", "Uppfy<br>llt", "uppfylls")]
    html += "<h2>Nämndens mål</h2>" + table(["Mål", "Utfall", "Bedömning"], *([goal, "14 %", word] for goal, word, _ in goals))
    return Page(
        "smal-spalt",
        html,
        [("Skolnämnden", goal, status, None) for goal, _, status in goals],
        activities=[(text, status) for text, _, status in said],
    )


def _ticked() -> Page:
    """A column for each judgement and a cross in one of them; the same for activities; the mark says nothing by itself."""
    said = [("Bolaget ska bygga fler bostäder", 0), ("Soliditeten ska öka", 2), ("Hyresgästerna ska vara nöjda", 1)]
    heads, states = ("Uppnått", "Delvis uppnått", "Ej uppnått"), ("uppfylls", "delvis", "uppfylls_inte")
    cross = [["X" if at == n else "" for n in range(3)] for at in range(3)]
    html = front("Årsredovisning 2024") + "<h2>Kommunens bolag</h2><h3>Hultby Bostäder AB</h3>"
    html += table(["Mål enligt ägardirektiv", *heads], *([goal, *cross[at]] for goal, at in said)) + "<h3>Aktiviteter</h3>"
    html += table(["Aktivitet", "Klar", "Pågår", "Ej påbörjad"], ["Rusta torget", "", "x", ""], ["Byta lås", "x", "", ""])
    return Page(
        "kryss",
        html,
        [("Hultby Bostäder AB", goal, states[at], None) for goal, at in said],
        activities=[("Rusta torget", "pagar"), ("Byta lås", "genomford")],
    )


def _banners() -> Page:
    """A goal with its light as a title over the table of its indicators, right below the table of another's activities."""
    said = [
        ("Alla ska lyckas i skolan", "yellow", ("Behörighet (%)", 82.4, 88)),
        ("Pengarna ska räcka", "red", ("Kostnad (tkr)", 133.6, 130)),
    ]
    band = 'style="background:#345;color:white;font-weight:bold;border:0;padding:4pt"'
    html = front("Delårsrapport augusti 2025", "Skolnämnden") + "<h2>Uppföljning av mål</h2>"
    for goal, color, (name, *values) in said:
        figures = "".join(f"<td>{str(v).replace('.', ',')}</td>" for v in values)
        html += f'<table><tr><td colspan="4" {band}>{drawn(color)} Nämndmål: {goal}</td></tr>'
        html += "<tr>" + "".join(f"<th>{h}</th>" for h in ("Indikator", "Utfall 2025", "Mål 2025", "Status")) + "</tr>"
        html += f"<tr><td>{name}</td>{figures}<td>{drawn('green')}</td></tr></table>"
        html += f"<h4>Kommentar</h4>{FILLING}"
    return Page(
        "rubrikrad",
        html,
        [("Skolnämnden", goal, STATUS[color], color) for goal, color, _ in said],
        [(name, label, v) for _, _, (name, *vs) in said for label, v in zip(("Utfall 2025", "Mål 2025"), vs, strict=True)],
    )


def _signed_lines() -> Page:
    """Activities as lines with a sign before each, and others as boxes with a bar that a line explains; assignments behind a label."""
    signs = {"genomford": ("✔", "green"), "pagar": ("➔", "yellow")}
    lines = [("Planer har tagits fram med alla brukare i kommunen", "genomford"), ("Boenderåd införs", "pagar")]
    boxes = [("Samla nattpatrullen", 100), ("Ta fram en plan för teknik", 0)]
    html = front("Verksamhetsberättelse 2024", "Omsorgsnämnden") + "<h2>Aktiviteter</h2><div>"
    for text, status in lines:
        mark, color = signs[status]
        html += f'<div style="line-height:11pt"><span style="color:{COLORS[color]}">{mark}</span> {text}</div>'
    html += "</div><h2>Prioriterade aktiviteter</h2>"
    for text, share in boxes:
        html += f'<div style="border:0.6pt solid #9ab;padding:4pt;margin:5pt 0">{text}<br>{bar(share)}<br>Färdigt till {share} %</div>'
    html += "<h2>Uppdrag i budget 2024</h2><p><b>Uppdrag: Bryt ensamheten bland äldre.</b> Arbetet pågår med föreningarna.</p>"
    found = [*lines, *((text, "genomford" if share else "ej_paborjad") for text, share in boxes)]
    return Page("tecken-fore", html, activities=found, assignments=[("Bryt ensamheten bland äldre.", "pagar")])


def _headed_cards() -> Page:
    """Cards whose light is the colour of their head, and a line that explains it and is no goal."""
    said = [("Fler ska känna sig delaktiga", "green"), ("Lokalerna ska spara energi", "yellow"), ("Upphandlingen ska nå fler", "red")]
    card = (
        '<div style="display:inline-block;vertical-align:top;width:30%;margin:3pt;border:0.6pt solid #bbb;background:#fafafa;height:80pt">'
    )
    html = front("Delårsrapport 2025") + "<h2>Måluppfyllelse</h2><p>Färgen på kortets huvud visar prognosen.</p><p>Målet uppnås inte</p>"
    html += "<h3>Kommunstyrelsen</h3><div>"
    for goal, color in said:
        html += f'{card}<div style="background:{COLORS[color]};color:white;padding:3pt">Mål</div>'
        html += f'<p style="margin:4pt"><b>{goal}</b></p><p style="margin:4pt">Arbetet redovisas på nytt i bokslutet.</p></div>'
    return Page("farghuvud", html + f"</div>{FILLING}", [("Kommunstyrelsen", goal, STATUS[color], color) for goal, color in said])


def _status_table() -> Page:
    """A goal's heading and below it a table of labels, one of them its status."""
    said = [
        ("Tillsynen ska följa planen", "Delvis", "yellow"),
        ("Svaren ska ges i tid", "Ja", "green"),
        ("Arter ska skyddas", "Nej", "red"),
    ]
    html = front("Tertialrapport 1 2024", "Miljönämnden") + "<h2>Mål</h2>"
    for goal, word, color in said:
        html += f'<h3>{goal}</h3><table><tr><td style="width:30%">Nås målet under året?</td><td>{drawn(color)} {word}</td></tr>'
        html += f"<tr><td>Kommentar</td><td>{FILLING}</td></tr></table>"
    return Page("statustabell", html, [("Miljönämnden", goal, STATUS[color], color) for goal, _, color in said])


def _lights_outside() -> Page:
    """Lights right of the last words of a table, in a column without a header."""
    said = [("Maten ska vara ekologisk", "33 %", "red"), ("Solceller ska finnas på nya hus", "3 av 3", "green")]
    cell = 'style="border:0;border-bottom:0.5pt solid #888;padding:2pt 3pt"'
    rows = "".join(f"<tr><td {cell}>{g}</td><td {cell}>{u}</td><td {cell}>40 %</td><td {cell}>{drawn(c)}</td></tr>" for g, u, c in said)
    heads = "".join(f"<th {cell}>{h}</th>" for h in ("Mål", "Utfall", "Målnivå", ""))
    html = front("Årsredovisning 2023") + f'<h2>Fullmäktiges mål</h2><table style="width:70%"><tr>{heads}</tr>{rows}</table>{FILLING}'
    return Page("ljus-utanfor", html, [(None, goal, STATUS[color], color) for goal, _, color in said])


PAGES = [
    _headed_cards(),
    _status_table(),
    _lights_outside(),
    _ticked(),
    _banners(),
    _signed_lines(),
    _cards_beside(),
    _bars_below(),
    _pills(),
    _smileys(),
    _short_forms(),
    _run_in(),
    _borderless(),
    _narrow(),
]
