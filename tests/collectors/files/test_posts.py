"""From a file to posts: what is kept, what is rejected and why, and at what cost."""

import gzip
import json
import random
import re
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.base import Author, Kind, Metrics, Post
from collectors.files import (
    EncodingError,
    FileError,
    Mapping,
    Rejected,
    Rejects,
    first_posts,
    inline_mapping,
    read_posts,
    sniff,
    stored_id,
)
from collectors.files.rows import named

ON_X = inline_mapping(sets=["platform=x"])


def read(path, change=ON_X, **options):
    """(posts, rejected) of a file by its guessed mapping and a change."""
    guess = sniff(path, **options)
    found = list(read_posts(path, guess.mapping.updated(change), guess=guess))
    return (
        [item for item in found if isinstance(item, Post)],
        [item for item in found if isinstance(item, Rejected)],
    )


def test_a_plain_table(write, table):
    posts, rejected = read(write("a.csv", table()))
    assert not rejected
    assert posts[0] == Post(
        platform="x",
        platform_id="101",
        created_at=datetime(2025, 10, 2, 9, 0, tzinfo=UTC),
        text="العنف الرقمي جريمة، بلّغ",
        author=Author("amina", "amina"),
        metrics=Metrics(likes=12),
    )
    assert posts[1].author == Author("youssef", "Youssef")
    assert posts[1].created_at == datetime(2025, 10, 2, 9, 30, tzinfo=UTC)
    assert posts[2].created_at == datetime(2025, 10, 3, 7, 0, tzinfo=UTC)
    assert posts[2].metrics.likes is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "windows-1256"])
def test_a_named_encoding_gives_the_same_texts(write, table, encoding):
    rows = [("1", "2025-10-02", "a", "العنف جريمة déjà vu", "")]
    path = write("a.csv", table(rows, encoding=encoding))
    posts, _ = read(path, encoding=encoding)
    assert posts[0].text == "العنف جريمة déjà vu"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_cells_that_look_like_formulas_are_data(write, table, start):
    text = f"{start}SUM(A1) non au harcèlement"
    posts, _ = read(write("a.csv", table([("1", "2025-10-02", "a", text, "1")])))
    assert posts[0].text == text.strip()


def test_line_breaks_and_quotes_inside_a_cell(write, table):
    text = 'ligne 1\nligne "2", fin\n\n#Mamhkoumch'
    posts, _ = read(write("a.csv", table([("1", "2025-10-02", "a", text, "1")])))
    assert posts[0].text == text


def test_rows_without_id_date_or_text_are_rejected_with_their_line(write, table):
    rows = [
        ("", "2025-10-02", "a", "sans id", ""),
        ("2", "", "a", "sans date", ""),
        ("3", "2025-10-02", "a", "   ", ""),
        ("4", "hier", "a", "date en mots", ""),
        ("5", "2025-10-02", "a", "bonne", ""),
    ]
    posts, rejected = read(write("a.csv", table(rows)))
    assert [post.platform_id for post in posts] == ["5"]
    assert [(r.line, r.reason.split(";")[0]) for r in rejected] == [
        (2, "has no id"),
        (3, "has no date"),
        (4, "has no text"),
        (5, "“hier” is no date that Sada reads"),
    ]
    assert rejected[0].raw["text"] == "sans id"


def test_a_malformed_line_harms_no_other(write):
    lines = [
        "id,date,text",
        "1,2025-10-02,bonne",
        '2,2025-10-02,"jamais fermée',
        "3,2025-10-02,bonne",
        '4,2025-10-02,"fermée" trop tôt"',
        "5,2025-10-02,une virgule, de trop",
        "6,2025-10-02",
        '7,2025-10-02,"bonne, aussi"',
        "",
        '8,2025-10-02,"encore\nbonne"',
    ]
    posts, rejected = read(write("a.csv", "\n".join(lines) + "\n"))
    assert [post.platform_id for post in posts] == ["1", "3", "7", "8"]
    assert [r.line for r in rejected] == [3, 5, 6, 7]
    assert "quotation mark" in rejected[0].reason
    assert "has 4 cells where the header names 3" in rejected[2].reason
    assert "cut short" in rejected[3].reason


def test_a_quote_that_is_never_closed_costs_one_row(write):
    good = "".join(f"{n},2025-10-02,bonne {n}\n" for n in range(2, 3000))
    posts, rejected = read(write("a.csv", f'id,date,text\n1,2025-10-02,"ouverte\n{good}'))
    assert len(posts) == 2998
    assert [r.line for r in rejected] == [2]


def test_over_long_cells_and_lines(write):
    rows = [
        f"1,2025-10-02,{'a' * 140_000}",
        f"2,2025-10-02,{'b' * 5_000_000}",
        f"3,2025-10-02,{'c' * 9_000}",
    ]
    posts, rejected = read(write("a.csv", "id,date,text\n" + "\n".join(rows) + "\n"))
    assert [len(post.text) for post in posts] == [9_000]
    assert "131072 characters" in rejected[0].reason
    assert "longer than 4 MiB" in rejected[1].reason


def test_nul_characters_and_half_characters_do_not_reach_the_text(write):
    path = write("a.ndjson", '{"id":"1","date":"2025-10-02","text":"a\\u0000b \\ud83d c"}\n')
    posts, _ = read(path)
    assert posts[0].text == "ab \ufffd c"
    posts, _ = read(write("a.csv", "id,date,text\n1,2025-10-02,sa\0lut\n"))
    assert posts[0].text == "salut"


def test_one_damaged_line_in_utf8_is_rejected_alone(write, table):
    content = table() + b"104,2025-10-03,a,coup\xc3,1\n" + "105,2025-10-03,a,été,1\n".encode()
    path = write("a.csv", content + b"x" * 0)
    guess = sniff(write("good.csv", table()))
    found = list(read_posts(path, guess.mapping.updated(ON_X), guess=guess))
    assert [getattr(item, "line", None) for item in found] == [None, None, None, 5, None]
    assert "not UTF-8" in found[3].reason


def test_another_encoding_late_in_the_file_stops_it(write):
    start = "id,date,text\n" + "".join(f"{n},2025-10-02,plain text\n" for n in range(15_000))
    path = write("a.csv", start.encode() + "15000,2025-10-02,dénoncé\n".encode("latin-1"))
    with pytest.raises(EncodingError, match=r"line 15002:.*--encoding windows-1252"):
        read(path)


def test_a_packed_file_that_breaks_off_gives_its_good_part_first(write, table):
    noise = random.Random(1)
    rows = [(str(n), "2025-10-02", "a", f"{noise.random()}", "") for n in range(20_000)]
    whole = gzip.compress(table(rows))
    path = write("a.csv.gz", whole[: len(whole) // 2])
    guess = sniff(path)
    found: list[object] = []
    with pytest.raises(FileError, match="breaks off after line"):
        found.extend(read_posts(path, guess.mapping.updated(ON_X), guess=guess))
    assert len(found) > 5_000
    assert found[0].platform_id == "0"


def test_an_archive_of_texts_without_ids_or_dates(write):
    rows = "".join(f"texte {n},neg,latn\n" for n in range(300))
    path = write("corpus.csv.gz", "text,label,script\n" + rows, pack=True)
    change = inline_mapping(["id=hash"], ["platform=x"], spread=("2025-10-01", "2025-10-03"))
    posts, rejected = read(path, change)
    assert not rejected
    assert len({post.platform_id for post in posts}) == 300
    assert {post.created_at.day for post in posts} <= {30, 1, 2, 3}
    assert posts == read(path, change)[0]
    fixed, _ = read(path, inline_mapping(sets=["platform=x", "created_at=2025-10-03"]))
    assert {post.created_at for post in fixed} == {datetime(2025, 10, 2, 23, 0, tzinfo=UTC)}
    assert [post.platform_id for post in fixed] == [post.platform_id for post in posts]


def test_ids_that_a_spreadsheet_rounded_are_not_taken(write, table):
    rows = [
        ("1.97345E+18", "2025-10-02", "a", "arrondi", ""),
        ("1,9E+18", "2025-10-02", "a", "x", ""),
    ]
    posts, rejected = read(write("a.csv", table(rows)))
    assert not posts
    assert all("rounded by a spreadsheet" in r.reason for r in rejected)


LINKS = [
    "https://example.org/" + "p" * 300,
    "https://www.facebook.com/amina.exemple/posts/1",
    "https://www.tiktok.com/@amina.exemple/video/1",
    "tiktok.com/@amina.exemple/video/1",
    "amina.exemple@facebook",
]


@pytest.mark.parametrize("link", LINKS)
def test_links_as_ids_are_kept_as_hashes_because_they_name_accounts(write, table, link):
    path = write("a.csv", table([(link, "2025-10-02", "a", "lien", "")]))
    posts, _ = read(path)
    assert re.fullmatch("link-[0-9a-f]{24}", posts[0].platform_id)
    assert posts == read(path)[0]
    assert stored_id(link) == posts[0].platform_id


@pytest.mark.parametrize(
    "link",
    [
        "https://x.com/amina/status/19",
        "https://mobile.twitter.com/a/statuses/19?s=20",
        "https://twitter.com/i/web/status/19",
    ],
)
def test_a_link_to_a_post_on_x_is_the_posts_own_id(link):
    assert stored_id(link) == "19"


def test_links_as_roots_and_parents_name_nobody_either(write):
    header = "id,date,text,parent_id,root_id\n"
    row = "1,2025-10-02,a,https://fb.com/amina/posts/2,https://x.com/amina/status/3\n"
    posts, _ = read(write("a.csv", header + row))
    assert posts[0].root_id == "3"
    assert "amina" not in str(posts[0].parent_id)


def test_kind_root_and_parent(write):
    header = "id,date,text,kind,root_id,parent_id\n"
    rows = (
        "1,2025-10-02,a,,1,\n2,2025-10-02,b,,1,1\n3,2025-10-02,c,retweet,,1\n4,2025-10-02,d,x,,\n"
    )
    posts, rejected = read(write("a.csv", header + rows))
    assert [post.kind for post in posts] == [Kind.ORIGINAL, Kind.REPLY, Kind.REPOST]
    assert posts[0].root_id is None
    assert posts[1].root_id == posts[1].parent_id == "1"
    assert "kind “x”" in rejected[0].reason


def test_crowdtangle(write):
    header = (
        "Page Name,User Name,Facebook Id,Followers at Posting,Post Created,Type,Likes,Comments,"
        "Shares,Love,Wow,Haha,Sad,Angry,Care,URL,Message,Image Text,Link Text,Description"
    )
    row = (
        "Radio Exemple,radioex,77,120000,2023-05-01 08:00:00 EDT,Photo,10,4,2,5,0,0,1,0,0,"
        "https://facebook.com/77/posts/1,Signaler c'est se protéger,,Signaler c'est se protéger,"
        "Lien"
    )
    posts, rejected = read(write("a.csv", f"{header}\n{row}\n"), Mapping())
    assert not rejected
    post = posts[0]
    assert post.platform == "facebook"
    assert post.created_at == datetime(2023, 5, 1, 12, 0, tzinfo=UTC)
    assert post.text == "Signaler c'est se protéger\nLien"
    assert post.metrics == Metrics(likes=16, reposts=2, replies=4)
    assert post.author == Author("77", "radioex", 120_000)


def test_meta_content_library_leaves_absent_views_unknown(write):
    header = (
        "id,mcl_url,text,creation_time,post_owner.id,post_owner.username,statistics.like_count,"
        "statistics.comment_count,statistics.views,lang"
    )
    row = "9001,https://x/9001,#SafeOnlineMorocco,2025-10-02T12:00:00,5,assoc,4,1,,fr"
    path = write("a.csv", f"{header}\n{row}\n".encode("utf-8-sig"))
    posts, _ = read(path, inline_mapping(sets=["platform=instagram"]))
    assert posts[0].metrics == Metrics(likes=4, replies=1)
    assert posts[0].created_at == datetime(2025, 10, 2, 12, 0, tzinfo=UTC)
    assert posts[0].language_hint == "fr"


def test_4cat_is_semicolons_and_utc(write):
    text = "id;thread_id;author;body;timestamp;likes;plays\n7;7;a;salut;2025-10-02 12:00:00;1;90\n"
    posts, _ = read(write("a.csv", text), inline_mapping(sets=["platform=tiktok"]))
    assert posts[0].created_at == datetime(2025, 10, 2, 12, 0, tzinfo=UTC)
    assert posts[0].metrics == Metrics(likes=1, views=90)


def test_zeeschuimer_tiktok(write):
    data = {
        "id": "740", "desc": "ما محكومش", "createTime": 1759406400,
        "author": {"id": "1", "uniqueId": "lina", "verified": False},
        "authorStats": {"followerCount": 50},
        "stats": {"diggCount": 3, "shareCount": 1, "commentCount": 2, "playCount": 100},
    }  # fmt: skip
    path = write("a.ndjson", [{"item_id": "740", "source_platform": "tiktok.com", "data": data}])
    posts, rejected = read(path, Mapping())
    assert not rejected
    assert posts[0] == Post(
        platform="tiktok",
        platform_id="740",
        created_at=datetime(2025, 10, 2, 12, 0, tzinfo=UTC),
        text="ما محكومش",
        author=Author("1", "lina", 50, False),
        metrics=Metrics(likes=3, reposts=1, replies=2, views=100),
    )


def test_pages_of_the_x_api_give_their_posts_and_authors(write):
    tweet = {
        "id": "1", "text": "court", "note_tweet": {"text": "long"}, "author_id": "9",
        "created_at": "2025-10-02T12:00:00.000Z", "conversation_id": "1", "lang": "fr",
        "public_metrics": {"like_count": 3, "retweet_count": 1, "impression_count": 40},
    }  # fmt: skip
    reply = tweet | {"id": "2", "referenced_tweets": [{"type": "replied_to", "id": "1"}]}
    users = [{"id": "9", "username": "nora", "public_metrics": {"followers_count": 8}}]
    path = write("a.ndjson", [{"data": [tweet, reply], "includes": {"users": users}, "meta": {}}])
    posts, rejected = read(path, Mapping())
    assert not rejected
    assert posts[0].text == "long"
    assert posts[0].author == Author("9", "nora", 8)
    assert (posts[1].kind, posts[1].parent_id, posts[1].root_id) == (Kind.REPLY, "1", "1")


def test_reddit_archive(write):
    row = {
        "id": "abc", "name": "t3_abc", "title": "Question", "selftext": "texte", "score": -2,
        "created_utc": 1759406400, "author": "u1", "subreddit": "Morocco", "num_comments": 4,
    }  # fmt: skip
    posts, _ = read(write("a.ndjson", [row]), Mapping())
    assert (posts[0].platform, posts[0].platform_id) == ("reddit", "t3_abc")
    assert posts[0].text == "Question\ntexte"
    assert posts[0].metrics == Metrics(likes=None, replies=4)


@pytest.mark.timeout(5)
def test_thousands_of_columns_of_one_name_are_told_apart_at_once():
    names = named(["a", "a (2)", " ", "b", "b", "b", *["a"] * 20_000])
    assert names[:7] == ["a", "a (2)", "column 3", "b", "b (2)", "b (3)", "a (3)"]
    assert len(set(names)) == 20_006


def test_a_number_without_end_is_rejected_as_such(write):
    lines = ['{"id":"1","date":"2025-10-02","text":"a"}', '{"likes":' + "9" * 5000 + "}"]
    _, rejected = read(write("a.ndjson", "\n".join(lines)))
    assert [r.reason for r in rejected] == ["not a JSON object: a number has thousands of digits"]


def test_ndjson_lines_that_are_no_objects(write):
    lines = ['{"id":"1","date":"2025-10-02","text":"a"}', "[1]", "{broken", "", "[" * 100_000]
    posts, rejected = read(write("a.ndjson", "\n".join(lines)))
    assert len(posts) == 1
    assert [r.line for r in rejected] == [2, 3, 5]
    assert all(r.reason.startswith("not a JSON object") for r in rejected)


def test_xlsx(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Identifiant", "Date", "Texte", "Vues"])
    sheet.append(["11", datetime(2025, 10, 2, 13, 0), "صدى", 12])
    sheet.append([1973456789012340000, datetime(2025, 10, 2), "arrondi", None])
    sheet.append([])
    sheet.append([12, datetime(2025, 10, 2), "", None])
    sheet["C5"].value, sheet["C5"].data_type = "=1+1 n'est pas un calcul", "s"
    path = tmp_path / "a.xlsx"
    book.save(path)
    posts, rejected = read(path)
    assert [post.platform_id for post in posts] == ["11", "12"]
    assert posts[0].created_at == datetime(2025, 10, 2, 12, 0, tzinfo=UTC)
    assert posts[0].metrics.views == 12
    assert posts[1].text == "=1+1 n'est pas un calcul"
    assert [(r.line, "rounded" in r.reason) for r in rejected] == [(3, True)]


def test_first_posts_are_a_preview(write, table):
    path = write("a.csv", table())
    guess = sniff(path)
    assert len(first_posts(path, guess.mapping.updated(ON_X), guess, 2)) == 2


def test_progress_counts_bytes_of_the_file(write, table):
    rows = [(str(n), "2025-10-02", "a", f"texte {n} " * 20, "") for n in range(20_000)]
    path = write("a.csv", table(rows))
    heard: list[tuple[int, int]] = []
    guess = sniff(path)
    mapping = guess.mapping.updated(ON_X)
    list(read_posts(path, mapping, guess=guess, progress=lambda *now: heard.append(now)))
    size = path.stat().st_size
    assert heard[-1] == (size, size)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert len(heard) >= size // 2**20


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_memory_does_not_grow_with_the_file(tmp_path, form):
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.{form}"
        with path.open("w", encoding="utf-8") as file:
            if form == "csv":
                file.write("id,date,text\n")
            for n in range(count):
                row = [str(n), "2025-10-02", f"phrase numéro {n} " * 8]
                plain = ",".join(row)
                named = json.dumps(dict(zip(("id", "date", "text"), row, strict=True)))
                file.write((plain if form == "csv" else named) + "\n")
        guess = sniff(path)
        mapping = guess.mapping.updated(ON_X)
        tracemalloc.start()
        seen = sum(1 for _ in read_posts(path, mapping, guess=guess))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert seen == count
        return most

    small, large = peak(1_000), peak(12_000)
    assert large < small + 200_000
    assert large < 4_000_000


def test_rejects_are_written_and_counted_by_reason(tmp_path, write, table):
    rows = [("", "2025-10-02", "a", "واحد", ""), ("", "2025-10-02", "a", "deux", "")]
    _, rejected = read(write("a.csv", table(rows)))
    path = tmp_path / "rejects.ndjson"
    with Rejects(path) as rejects:
        for item in rejected:
            rejects.add(item)
    assert rejects.total == 2
    assert rejects.reasons == {"has no id": 2}
    written = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert written[0]["line"] == 2
    assert written[0]["row"]["text"] == "واحد"
    assert path.stat().st_mode & 0o077 == 0


def test_rejects_never_go_through_a_link_or_stay_open_to_others(tmp_path):
    theirs, link, older = (tmp_path / name for name in ("theirs", "link", "older"))
    theirs.write_text("theirs")
    link.symlink_to(theirs)
    with Rejects(link) as rejects, pytest.raises(FileError, match="cannot be written"):
        rejects.add(Rejected(1, "why", {}))
    assert theirs.read_text() == "theirs"
    older.touch(mode=0o666)
    with Rejects(older) as rejects:
        rejects.add(Rejected(1, "why", {}))
    assert older.stat().st_mode & 0o077 == 0


def test_reasons_with_the_rows_own_words_count_together():
    rejects = Rejects()
    for text in ("hier", "demain"):
        rejects.add(Rejected(1, f"“{text}” is no date that Sada reads", {}))
    assert list(rejects.reasons.values()) == [2]


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=80)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS.filter(lambda text: text.strip()), min_size=1, max_size=5))
def test_any_text_survives_ndjson(tmp_path_factory, texts):
    path = Path(tmp_path_factory.mktemp("any") / "a.ndjson")
    rows = [{"id": str(n), "date": "2025-10-02", "text": text} for n, text in enumerate(texts)]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    posts, rejected = read(path)
    assert not rejected
    assert [post.text for post in posts] == [text.strip() for text in texts]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_end_in_rows_or_in_one_clear_error(tmp_path_factory, data):
    path = Path(tmp_path_factory.mktemp("any") / "a.csv")
    path.write_bytes(b"id,date,text\n1,2025-10-02,ok\n" + data)
    message = ""
    found: list[object] = []
    try:
        guess = sniff(path)
        found.extend(read_posts(path, guess.mapping.updated(ON_X), guess=guess))
    except FileError as error:
        message = str(error)
    assert "\n" not in message
    assert found or message
