"""HTML to text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.markup import text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("<p>un</p><p>deux<br>trois</p>", "un\ndeux\ntrois"),
        ("<ul><li>un<li>deux</ul>", "un\ndeux"),
        ("mot<b>ent</b>ier", "motentier"),
        ('#<span>mamh</span>koumch <a href="https://a.example/b?c=d">lien</a>', "#mamhkoumch lien"),
        ("<script>alert('x')</script>reste", "reste"),
        ("<SCRIPT src=x>a < b</ScRiPt >reste", "reste"),
        ("avant<script>jamais fermé", "avant"),
        ("<style>p{}</style><!-- caché <p> -->vu", "vu"),
        ("<!-- jamais fermé", ""),
        ("a < b et c > d", "a < b et c > d"),
        ("a <b jamais fermé", "a <b jamais fermé"),
        ("<![CDATA[x]]>y", "y"),
        ("<iframe src='https://x'></iframe>vu <script/>aussi", "vu aussi"),
        ("مرحبا&nbsp;<b>بكم</b>\u200d", "مرحبا بكم\u200d"),
        ("un\x00\x07 deux", "un deux"),
        ("  un \n\n\n  deux ", "un\ndeux"),
        ("&#x26;&eacute;&#0;", "&é\ufffd"),
    ],
)
def test_what_is_seen(markup, text):
    assert text_of(markup) == text


@given(st.text(alphabet="<>!-/ scripta\"'&;#x=\n", max_size=200) | st.text(max_size=100))
def test_any_text_is_survived(markup):
    seen = text_of(markup)
    assert "\x00" not in seen
    assert "\n\n" not in seen


@pytest.mark.parametrize(
    "piece",
    ["<", "<a", "<!--", "<!", "</", "<script>", "<script", '<a title="', "&", "&#", "<p>", "-->"],
)
def test_no_input_takes_long(piece):
    began = time.perf_counter()
    text_of(piece * 50_000)
    assert time.perf_counter() - began < 1.0
