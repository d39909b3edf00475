"""Who points to a help line, and who only writes a number."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.campaign import Account, Signpost, Standing
from nlp.signposts import Signposts, fold

LINE, BLAGH, HIMAYA, VIGILANCE, POLICE = "8350", "E-Blagh", "E-Himaya", "E-Vigilance", "Police (19)"
SIGNPOSTS = Signposts(
    (
        Signpost(name=LINE, numbers=("8350",)),
        Signpost(name=BLAGH, sites=("e-blagh.ma",), names=("e-blagh", "eblagh", "إبلاغ")),
        Signpost(name=HIMAYA, sites=("e-himaya.gov.ma",), names=("e-himaya", "e-حماية")),
        Signpost(
            name=VIGILANCE, sites=("cyberconfiance.ma",), names=("e-vigilance", "EMC-Helpline")
        ),
        Signpost(name=POLICE, numbers=("19",)),
        Signpost(name="Ministère", numbers=("0801004747",), names=("@MinJusticeMaroc",)),
    ),
    (Account(platform="instagram", handle="@Mamhkoumch", standing=Standing.OWNED),),
)

POSITIVE = [
    ("Appelez le 8350", LINE),
    ("appelez le 83 50 svp", LINE),
    ("Appelez le 83.50", LINE),
    ("appelez le 8-3-5-0", LINE),
    ("numéro vert : 8350", LINE),
    ("8350", LINE),
    ("le 8350 est gratuit et anonyme", LINE),
    ("#8350", LINE),
    ("☎️ 8350 📞", LINE),
    ("8️⃣3️⃣5️⃣0️⃣", LINE),
    ("Le 8350, 7j/7 et 24h/24", LINE),
    ("le 8350 24h/24", LINE),
    ("اتصلو ب ٨٣٥٠", LINE),
    ("اتصل على الرقم الأخضر ٨٣ ٥٠", LINE),
    ("الرقم ۸۳۵۰", LINE),
    ("الرقم الأخضر 8350 ديال مساعدة النساء", LINE),
    ("3ayto l 8350", LINE),
    ("3ayet 3la 8350 rah fabor", LINE),
    ("nmra hiya 83 50", LINE),
    ("Call 8350!", LINE),
    ("dial 8 350 now", LINE),
    ("contactez-nous au 8.350", LINE),
    ("(8350)", LINE),
    ("8350: ligne d'écoute", LINE),
    ("w 3ayti l8350, ma tkhafich", LINE),
    ("عيطو لـ8350 راه فابور", LINE),
    ("لا تصمتي، 8350.", LINE),
    ("Le numéro 83\u00a050", LINE),
    ("https://www.e-blagh.ma/fr", BLAGH),
    ("e-blagh.ma", BLAGH),
    ("WWW.E-BLAGH.MA", BLAGH),
    ("signalez sur e-blagh", BLAGH),
    ("signalez sur E‑Blagh", BLAGH),
    ("sur la plateforme E Blagh de la DGSN", BLAGH),
    ("E_BLAGH", BLAGH),
    ("#eblagh", BLAGH),
    ("#E_Blagh", BLAGH),
    ("dir chikaya f eblagh", BLAGH),
    ("e-blaaagh khedama mzyan", BLAGH),
    ("منصة إبلاغ", BLAGH),
    ("عبر منصّة «إبلاغ» ديال الأمن", BLAGH),
    ("دخل لمنصة ابلاغ", BLAGH),
    ("#إبلاغ", BLAGH),
    ("تطبيق الأمن الوطني إبلاغ", BLAGH),
    ("contact@e-blagh.ma", BLAGH),
    ("portail.e-blagh.ma", BLAGH),
    ("e-himaya.gov.ma", HIMAYA),
    ("http://e-himaya.gov.ma/?lang=ar", HIMAYA),
    ("Allez sur E-Himaya", HIMAYA),
    ("e-حماية", HIMAYA),
    ("منصة e حماية", HIMAYA),
    ("cyberconfiance.ma.", VIGILANCE),
    ("le site e-vigilance", VIGILANCE),
    ("EMC Helpline", VIGILANCE),
    ("emc-helpline", VIGILANCE),
    ("appelez le 19", POLICE),
    ("Appelez la police au 19", POLICE),
    ("Police : 19", POLICE),
    ("composez le 19 ou le 177", POLICE),
    ("19 (police)", POLICE),
    ("le 19 de la police", POLICE),
    ("police secours 19", POLICE),
    ("اتصل بالشرطة على الرقم 19", POLICE),
    ("الشرطة ١٩", POLICE),
    ("اتصلو ب 19", POLICE),
    ("عيط ل19 دابا", POLICE),
    ("3ayto l bolis 19", POLICE),
    ("3aytou 3la 19", POLICE),
    ("19 dyal lboulis", POLICE),
    ("call the police: 19", POLICE),
    ("Appelez le 8350 ou le 19", POLICE),
    ("appelez le 8350, 19 si danger", POLICE),
    ("0801 00 47 47", "Ministère"),
    ("+212 801 00 47 47", "Ministère"),
    ("٠٨٠١٠٠٤٧٤٧", "Ministère"),
    ("merci @minjusticemaroc", "Ministère"),
]
NEGATIVE = [
    "8350 vues en deux jours",
    "8 350 vues",
    "8350 مشاهدة",
    "٨٣٥٠ درهم",
    "8350 dh",
    "8350dh",
    "8350 MAD par mois",
    "83,50 €",
    "83.50 euros",
    "il coûte 83.50",
    "€8350",
    "$8350",
    "18350",
    "83500",
    "8350.75",
    "06 83 50 12 34",
    "0612 8350 99",
    "+8350",
    "en 8350 personnes présentes",
    "8350 abonnés",
    "8350 followers, merci",
    "8350 plaintes déposées",
    "8350 likes",
    "8350%",
    "ref A8350",
    "12/8350",
    "le 19 octobre",
    "appelez avant le 19 décembre",
    "19 ans",
    "elle a 19 ans et la police ne fait rien",
    "la police a arrêté 19 personnes",
    "la police arrête 19 suspects",
    "police: 19 personnes arrêtées",
    "à 19h00",
    "appelez-moi à 19h",
    "rendez-vous à 19 heures",
    "Covid-19",
    "covid 19, la police contrôle",
    "2019",
    "en 2019 la police",
    "19/10/2025",
    "19 dh",
    "article 19",
    "page 19",
    "١٩ سنة",
    "19 شخص وقفاتهم الشرطة",
    "يوم 19 نونبر",
    "19%",
    "19 sur 20",
    "appelle moi, j'ai 19 messages",
    "numéro 19 de l'équipe",
    "الشرطة أوقفت 19 مشتبها",
    "fake-e-blagh.ma",
    "e-blagh.ma.evil.com",
    "يجب إبلاغ العائلة",
    "تم إبلاغ المدرسة بالأمر",
    "blagh jdid f lblad",
    "la protection des données",
    "حماية الأطفال",
    "vigilance orange sur le nord",
    "3ayto l mama",
    "",
    "🙂🙂🙂",
]


@pytest.mark.parametrize(("text", "expected"), POSITIVE)
def test_found(text, expected):
    assert expected in SIGNPOSTS.found(text)


@pytest.mark.parametrize("text", NEGATIVE)
def test_not_found(text):
    assert SIGNPOSTS.found(text) == []


def test_the_set_is_as_large_as_promised():
    assert len(POSITIVE) >= 60
    assert len(NEGATIVE) >= 40


def test_several_in_the_order_of_the_campaign_and_each_once():
    text = "Police: 19. Signalez sur e-blagh.ma (E-Blagh) ou appelez le 8350, 8350 !"
    assert SIGNPOSTS.found(text) == [LINE, BLAGH, POLICE]


def test_what_the_masker_keeps():
    assert SIGNPOSTS.keeps_number("8350")
    assert SIGNPOSTS.keeps_number("212801004747")
    assert SIGNPOSTS.keeps_number("00212801004747")
    assert not SIGNPOSTS.keeps_number("0612345678")
    assert SIGNPOSTS.keeps_site("www.e-blagh.ma")
    assert not SIGNPOSTS.keeps_site("fake-e-blagh.ma")
    assert SIGNPOSTS.keeps_account("mamhkoumch")
    assert SIGNPOSTS.keeps_account("minjusticemaroc")
    assert not SIGNPOSTS.keeps_account("somebody")


def test_without_signposts_nothing_is_found():
    assert Signposts(()).found("8350") == []


@given(st.text(max_size=200))
def test_any_text_is_searched(text):
    assert set(SIGNPOSTS.found(text)) <= {LINE, BLAGH, HIMAYA, VIGILANCE, POLICE, "Ministère"}


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "text",
    [
        "appelez " * 1250,
        "appelez le la " * 720,
        "police " * 1400,
        "8 " * 5000,
        "8350 vues " * 1000,
        "19 " * 3300,
        "appelez 12 ou " * 700,
        "إبلاغ منصة " * 900,
        "a" * 10_000,
        "١" * 10_000,
        "e-" * 5_000,
        "e-blagh.ma.x " * 700,
        "( : , . " * 1250,
        "appelez le " + "(" * 9_990,
    ],
)
def test_long_texts_are_searched_in_linear_time(text):
    start = time.perf_counter()
    SIGNPOSTS.found(text)
    assert time.perf_counter() - start < 0.5


def listed() -> list[tuple[str, list[str]]]:
    """The set: a text, and every signpost that it names. All of them written for this test."""
    with (Path(__file__).parents[1] / "data/nlp/signposts.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines)
        return [(r["text"], r["expected"].split("; ") if r["expected"] else []) for r in rows]


def test_the_set_is_large_and_has_no_text_twice():
    texts = listed()
    assert sum(bool(expected) for _, expected in texts) >= 200
    assert sum(not expected for _, expected in texts) >= 100
    assert len({text for text, _ in texts}) == len(texts)


def test_of_the_set_98_percent_are_recognised_and_nothing_else():
    texts = listed()
    wanted = sum(len(expected) for _, expected in texts)
    missed = [(t, n) for t, expected in texts for n in expected if n not in SIGNPOSTS.found(t)]
    false = [(t, n) for t, expected in texts for n in SIGNPOSTS.found(t) if n not in expected]
    assert false == []
    assert len(missed) <= 0.02 * wanted, missed
