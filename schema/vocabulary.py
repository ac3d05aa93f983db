"""The fixed words of the database: values that a column may hold, and codes of notices, findings and file errors.

The Swedish labels are what users see; the keys are what the database stores.
"""

from __future__ import annotations

DOC_TYPES = {
    "delarsrapport": "Delårsrapport",
    "arsuppfoljning": "Årsuppföljning",
    "granskningsrapport": "Granskningsrapport",
    "utvardering": "Utvärdering",
    "strategi": "Strategi eller plan",
    "ovrigt": "Övrigt",
}
FULFILMENT = {"uppfylls": "Uppfylls", "delvis": "Uppfylls delvis", "uppfylls_inte": "Uppfylls inte", "ej_bedomt": "Ej bedömt"}
BASIS = {"prognos": "Prognos", "utfall": "Utfall"}
SCALE = {"maluppfyllelse": "Måluppfyllelse", "trend": "Trend", "aktivitet": "Aktivitet"}
COLORS = {"green": "Grön", "yellow": "Gul", "red": "Röd", "grey": "Grå", "blue": "Blå"}
ACTIVITY_STATUS = {"genomford": "Genomförd", "pagar": "Pågår", "ej_paborjad": "Ej påbörjad", "avbruten": "Avbruten"}
ASSESSMENT = {"ja": "Ja", "delvis": "Delvis", "nej": "Nej", "ej_bedomd": "Ej bedömd"}
FOLLOWUP_STATUS = {"atgardad": "Åtgärdad", "delvis": "Delvis åtgärdad", "ej_atgardad": "Ej åtgärdad"}
MEASURES = {"utfall": "Utfall", "budget": "Budget", "prognos": "Prognos", "avvikelse": "Avvikelse", "mal": "Mål", "bokslut": "Bokslut"}
POINT_KINDS = {"strength": "Styrka", "improvement": "Förbättringsområde"}
ORGANISATION_KINDS = {
    "kommun": "Kommun",
    "region": "Region",
    "kommunfullmaktige": "Kommunfullmäktige",
    "kommunstyrelse": "Kommunstyrelse",
    "namnd": "Nämnd",
    "forvaltning": "Förvaltning",
    "bolag": "Bolag",
    "kommunalforbund": "Kommunalförbund",
    "revision": "Revision",
    "ovrig": "Övrig",
}
NOTICES = {
    "colour_words_differ": "Färg och ord säger olika saker",
    "goal_without_assessment": "Mål utan bedömning",
    "question_without_answer": "Revisionsfråga utan bedömning",
    "unknown_assessment": "Okänt bedömningsord",
    "page_without_text": "Sida utan text",
    "ocr_missing": "Sidan kunde inte tolkas: texttolkning (OCR) saknas",
    "ocr_page": "Sidan är tolkad med OCR",
    "table_in_doubt": "Tabell med osäker avläsning",
    "table_as_picture": "Tabell som bild",
    "tags_wrong": "Filens taggar stämmer inte med sidan",
    "score_differs": "Poäng i ruta och tabell skiljer sig",
    "no_records": "Rapporten gav inga poster av sin typ",
    "type_in_doubt": "Osäker rapporttyp",
    "place_from_logo": "Kommunen står bara i en logotyp",
    "recipient_unknown": "Rekommendation utan tydlig mottagare",
    "followup_without_status": "Uppföljd rekommendation utan status",
}
FILE_REASONS = {
    "missing": "Filen finns inte",
    "empty": "Filen är tom",
    "not_pdf": "Filen är inte en PDF",
    "encrypted": "Filen är lösenordsskyddad",
    "damaged": "Filen är skadad",
    "timeout": "Tidsgränsen överskreds",
    "crashed": "Läsaren avbröts",
    "memory": "Filen kräver för mycket minne",
    "permission": "Filen får inte läsas",
    "no_pages": "Filen har inga sidor",
    "internal": "Oväntat fel i programmet",
}
FINDING_KINDS = {
    "avvikelse": "Avvikelsen stämmer inte med utfall och budget",
    "teckenkonvention": "Avvikelsens tecken följer inte rubriken",
    "summa": "Summan stämmer inte med delarna",
    "netto": "Nettot stämmer inte med intäkter och kostnader",
    "in_ut": "Ingående, förändring och utgående går inte ihop",
    "olika_varden": "Samma uppgift anges olika",
    "procent": "Procenttalet stämmer inte",
    "text_mot_tabell": "Text och tabell anger olika belopp",
}
