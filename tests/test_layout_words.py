"""Words and lines: hyphens at line ends, letter-spaced headings, list markers, printed numbers."""

import pytest

from extractors.layout.blocks import ListItem, Paragraph
from extractors.layout.cleaning import Hyphens, close_up, is_spaced
from extractors.layout.lists import is_marker, join_dashes, split_marker, split_number
from extractors.layout.rawtext import clean_word

KNOWN = ["granskning", "e-tjänst", "drift", "välfärdsteknik", "sam-", "social-", "hem-och"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["en gransk-", "ning av"], "en granskning av"),
        (["en gransk\u00ad", "ning av"], "en granskning av"),
        (["en gransk\u2010", "ning av"], "en granskning av"),
        (["vård\u00adgivare och", "andra"], "vårdgivare och andra"),
        (["KS-", "Kommunstab"], "KS-Kommunstab"),
        (["en e-", "tjänst"], "en e-tjänst"),
        (["ett IT-", "system"], "ett IT-system"),
        (["drift-", "och underhåll"], "drift- och underhåll"),
        (["vatten- och", "avlopp"], "vatten- och avlopp"),
        (["åren 2021-", "2023 visar"], "åren 2021-2023 visar"),
        (["ett mål -", "att växa"], "ett mål - att växa"),
        (["den okända tiå-", "börd"], "den okända tiåbörd"),
        (["slut.", "Nästa"], "slut. Nästa"),
        (["ensam"], "ensam"),
    ],
)
def test_lines_are_joined_as_a_reader_would(lines, text):
    assert Hyphens(KNOWN).join(lines) == text


def test_the_documents_own_words_decide_what_rules_cannot():
    assert Hyphens(["sam-verkan"]).join(["god sam-", "verkan"]) == "god sam-verkan"
    assert Hyphens(["samverkan"]).join(["god sam-", "verkan"]) == "god samverkan"
    assert Hyphens(["vatten-och"]).join(["vatten-", "och luft"]) == "vatten- och luft"


def test_letter_spaced_words_are_closed_up_at_their_wide_gaps():
    words = list("RESULTAT") + list("AV")
    gaps = [3.0] * 7 + [9.0] + [3.0]
    assert is_spaced(words)
    assert close_up(words, gaps) == "RESULTAT AV"


@pytest.mark.parametrize("words", [["R", "E", "S"], ["a", "b", "och", "c", "men"], ["Mål", "1", "2", "3", "4"], ["1", "2", "3", "4"]])
def test_single_letters_in_text_are_no_letter_spacing(words):
    assert not is_spaced(words)


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("e\u0301n", "én"),
        ("o\u0308ppen", "öppen"),
        ("e\ufb00ekt", "effekt"),
        ("sam\u00adverkan", "samverkan"),
        ("sam\u00ad", "sam\u00ad"),
        ("\u200bord", "ord"),
    ],
)
def test_words_are_composed_and_without_invisible_letters(printed, clean):
    assert clean_word(printed) == clean


@pytest.mark.parametrize(
    ("text", "marker", "rest"),
    [
        ("• Öka takten", "•", "Öka takten"),
        ("\uf0b7 Öka takten", "\uf0b7", "Öka takten"),
        ("\uf0a7Öka", "\uf0a7", "Öka"),
        ("► Öka", "►", "Öka"),
        ("✓ Klart", "✓", "Klart"),
        ("– Öka takten", "–", "Öka takten"),
        ("- tillse att", "-", "tillse att"),
        ("o Se över", "o", "Se över"),
        ("1) Se över", "1)", "Se över"),
        ("12. Se över", "12.", "Se över"),
        ("a. Se över", "a.", "Se över"),
        ("(b) Se över", "(b)", "Se över"),
        ("– 25 000 kronor: minst två anbud krävs", "–", "25 000 kronor: minst två anbud krävs"),
    ],
)
def test_markers_are_split_off(text, marker, rest):
    assert split_marker(text) == (marker, rest)


@pytest.mark.parametrize(
    "text", ["-223,2", "- 6 279", "– 7 –", "och så vidare", "2023 års mål", "1.2 Syfte", "a priori", "•", "3 kap. 1 §"]
)
def test_what_is_no_marker_stays(text):
    assert split_marker(text) == ("", text)


def test_lone_markers_are_known():
    assert all(is_marker(text) for text in ("•", "–", "\uf0b7", "o", "1.", "a)"))
    assert not any(is_marker(text) for text in ("Ja", "79", "och", "12 345", ""))


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [("3.2 Bedömning", "3.2", "Bedömning"), ("3. Bedömning", "3", "Bedömning"), ("10.4.1 Mål", "10.4.1", "Mål")],
)
def test_printed_numbers_of_headings(text, number, title):
    assert split_number(text) == (number, title)


@pytest.mark.parametrize("text", ["2023 års mål", "100 procent", "Mål 3", "A Sammanfattning"])
def test_what_is_no_heading_number(text):
    assert split_number(text) == ("", text)


def test_a_single_dash_in_a_cell_is_a_dash_but_two_are_a_list():
    title = Paragraph(page=1, bbox=(0, 0, 1, 1), text="Tryggare centrum")
    dash = ListItem(page=1, bbox=(0, 2, 1, 3), text="för att fler ska trivas", marker="–")
    assert [b.text for b in join_dashes([title, dash])] == ["Tryggare centrum", "– för att fler ska trivas"]
    assert join_dashes([title, dash, dash]) == [title, dash, dash]
    lead_in = Paragraph(page=1, bbox=(0, 0, 1, 1), text="Nämnden ska:")
    assert join_dashes([lead_in, dash]) == [lead_in, dash]
