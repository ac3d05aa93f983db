"""Keys of signs: found where they stand, and not seen where results stand."""

from __future__ import annotations

import pytest

from extractors.layout.blocks import Icon
from extractors.layout.legend import colored_words, find_legend, with_legend
from extractors.layout.rawtypes import RawLine, RawPage, Word


def line(text, x, y, number):
    words, at = [], x
    for part in text.split():
        words.append(Word(part, (at, y, at + 5 * len(part), y + 12), 10.0, False, False, "#000000", "Arial", number))
        at += 5 * len(part) + 3
    return RawLine(text, (x, y, at - 3, y + 12), tuple(words), (1.0, 0.0), -1)


def page(*texts):
    return RawPage(1, 595, 842, tuple(line(t, x, y, n) for n, (t, x, y) in enumerate(texts)), (), (), (), ())


def disc(color, x, y, shape="disc"):
    return Icon(page=1, bbox=(x, y, x + 10, y + 10), color=color, shape=shape)


COLORS = ("green", "yellow", "red")


def test_column_of_levels_is_a_key():
    icons = [disc(c, 60, 100 + 20 * n) for n, c in enumerate(COLORS)]
    raw = page(("Målet uppfylls", 80, 99), ("Målet uppfylls delvis", 80, 119), ("Målet uppfylls inte", 80, 139))
    legend = find_legend([raw], [icons])
    assert legend.signs == {
        ("green", "disc"): "Målet uppfylls", ("yellow", "disc"): "Målet uppfylls delvis", ("red", "disc"): "Målet uppfylls inte",
    }  # fmt: skip
    assert all(legend.holds(icon) for icon in icons)


def test_row_of_levels_is_a_key():
    icons = [disc(c, 60 + 120 * n, 100) for n, c in enumerate(COLORS)]
    raw = page(("Uppfyllt", 75, 99), ("Delvis uppfyllt", 195, 99), ("Ej uppfyllt", 315, 99))
    assert find_legend([raw], [icons]).signs["yellow", "disc"] == "Delvis uppfyllt"


def test_announced_key_may_explain_at_length():
    icons = [disc(c, 60, 100 + 30 * n) for n, c in enumerate(COLORS)]
    raw = page(
        ("Teckenförklaring", 60, 70),
        ("Arbetet löper på och nämnden bedömer att målet uppnås till årets slut", 80, 99),
        ("Delvis uppnått, vissa aktiviteter är försenade", 80, 129),
        ("Målet nås inte under året", 80, 159),
    )
    assert len(find_legend([raw], [icons]).members) == 3


def test_other_signs_get_the_words_and_are_no_key():
    icons = [disc(c, 60, 100 + 20 * n) for n, c in enumerate(COLORS)]
    result = disc("yellow", 60, 500)
    raw = page(("Uppfylls", 80, 99), ("Uppfylls delvis", 80, 119), ("Uppfylls ej", 80, 139), ("En trygg skola för alla", 80, 499))
    shown = with_legend([[*icons, result]], find_legend([raw], [[*icons, result]]))[0]
    assert [icon.in_key for icon in shown] == [True, True, True, False]
    assert shown[3].meaning == "Uppfylls delvis"


def test_shapes_tell_where_colors_do_not():
    icons = [disc("green", 60, 100, "arrow_up"), disc("green", 60, 120, "arrow_flat"), disc("red", 60, 140, "arrow_down")]
    raw = page(("Ökar", 80, 99), ("Oförändrat", 80, 119), ("Minskar", 80, 139))
    legend = find_legend([raw], [icons])
    assert legend.meaning(disc("green", 0, 0, "arrow_flat")) == "Oförändrat"
    assert legend.meaning(disc("green", 0, 0, "disc")) == ""


def test_goals_with_lights_are_no_key():
    icons = [disc(c, 60, 100 + 20 * n) for n, c in enumerate(COLORS)]
    raw = page(("Alla elever når målen i grundskolan", 80, 99), ("Kommunen är klimatneutral", 80, 119), ("God ekonomi i balans", 80, 139))
    assert not find_legend([raw], [icons]).members


def test_answers_beside_their_questions_are_no_key():
    icons = [disc(c, 260, 100 + 20 * n) for n, c in enumerate(COLORS)]
    texts = [("Ekonomi", 60, 99), ("Personal", 60, 119), ("Miljö", 60, 139)]
    texts += [("Uppfylls", 280, 99), ("Uppfylls delvis", 280, 119), ("Uppfylls inte", 280, 139)]
    assert not find_legend([page(*texts)], [icons]).members


def test_a_sign_twice_is_no_key():
    icons = [disc(c, 60, 100 + 20 * n) for n, c in enumerate(("green", "green", "red"))]
    raw = page(("Uppfylls", 80, 99), ("Uppfylls helt", 80, 119), ("Uppfylls inte", 80, 139))
    assert not find_legend([raw], [icons]).members


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grön = målet uppfylls", {"green": "målet uppfylls"}),
        ("(grön = uppfylls, gul = delvis, röd = uppfylls inte)", {"green": "uppfylls", "yellow": "delvis", "red": "uppfylls inte"}),
        ("Gul: avviker från plan; Röd: ej påbörjad", {"yellow": "avviker från plan", "red": "ej påbörjad"}),
        ("Grön cirkel – enligt plan", {"green": "enligt plan"}),
    ],
)
def test_words_explain_colors(text, expected):
    assert colored_words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gul: bilar och bussar",
        "Den gröna omställningen = en fråga för alla",
        "Målet markeras grönt eftersom planen hålls",
        "Röd linje: stationen",
    ],
)
def test_colors_that_explain_nothing(text):
    assert colored_words(text) == {}


def test_results_a_little_left_of_the_key_are_not_part_of_it():
    key = [disc(c, 60.2 + 0.4 * n, 100 + 20 * n) for n, c in enumerate(COLORS)]
    results = [disc(c, 55.8, 170 + 30 * n) for n, c in enumerate(COLORS)]
    raw = page(
        ("Målet uppfylls", 80, 99), ("Målet uppfylls delvis", 80, 119), ("Målet uppfylls inte", 80, 139), ("Fler ska cykla", 80, 169)
    )
    legend = find_legend([raw], [[*key, *results]])
    assert all(legend.holds(icon) for icon in key)
    assert not any(legend.holds(icon) for icon in results)


def test_a_sentence_over_two_lines_tells_what_coloured_arrows_mean_for_a_goal():
    raw = page(
        ("En grön pil betyder att målet bedöms nås, en gul pil att det", 60, 100), ("delvis bedöms nås. Texten går vidare här.", 60, 114)
    )
    signs = find_legend([raw], [[]]).signs
    assert signs["green", "arrow_up"] == "målet bedöms nås"
    assert signs["yellow", "arrow_flat"] == "det delvis bedöms nås"
    assert ("green", "disc") not in signs


@pytest.mark.parametrize(
    "text",
    [
        "Grön pil betyder att det går åt rätt håll och röd pil att det går åt fel håll.",
        "Den gröna pilen vid entrén visar att målet nås till fots.",
        "Grön cirkel innebär att målet uppnås.",
    ],
)
def test_sentences_that_say_nothing_of_arrows_and_goals(text):
    assert find_legend([page((text, 60, 100))], [[]]).signs == {}
