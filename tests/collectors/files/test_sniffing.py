"""What files are recognised as, and what is refused with which remedy."""

import gzip
import zipfile
from pathlib import Path

import pytest

from collectors.files import EncodingError, FileError, sniff

FRENCH = "id;date;texte\n1;02/10/2025;Réagissons à la violence numérique, ça suffit\n"
ARABIC = "id,date,text\n1,2025-10-02,العنف الرقمي جريمة والصمت لا يحمي\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("pack", [False, True])
def test_delimiter_and_packing_are_found(write, table, delimiter, pack):
    guess = sniff(write("posts.txt", table(delimiter=delimiter), pack=pack))
    assert (guess.format, guess.delimiter) == ("csv", delimiter)
    assert guess.compression == ("gzip" if pack else "none")
    assert guess.columns == ("id", "created_at", "author", "text", "likes")


def test_excels_delimiter_note_is_obeyed_and_is_no_header(write):
    guess = sniff(write("a.csv", "sep=;\nid;date;texte\n1;2025-10-02;salut, ça va\n"))
    assert (guess.delimiter, guess.columns) == (";", ("id", "date", "texte"))


def test_commas_in_texts_do_not_hide_a_semicolon_table(write):
    rows = "".join(f"{n};un, deux, trois, quatre, cinq;2025-10-0{n}\n" for n in range(1, 9))
    assert sniff(write("a.csv", "id;texte;date\n" + rows)).delimiter == ";"


def test_a_byte_order_mark_is_no_part_of_the_first_column(write, table):
    guess = sniff(write("a.csv", table(encoding="utf-8-sig")))
    assert guess.encoding == "utf-8-sig"
    assert guess.columns[0] == "id"


@pytest.mark.parametrize(
    ("text", "encoding", "remedy"),
    [
        (FRENCH, "windows-1252", "--encoding windows-1252"),
        (ARABIC, "windows-1256", "--encoding windows-1256"),
        (ARABIC, "utf-16-le", "--encoding utf-16-le"),
        (FRENCH, "utf-16-be", "--encoding utf-16-be"),
    ],
)
def test_another_encoding_is_refused_with_line_and_remedy(write, text, encoding, remedy):
    path = write("a.csv", text.encode(encoding))
    with pytest.raises(EncodingError) as refused:
        sniff(path)
    assert "line " in str(refused.value)
    assert remedy in str(refused.value)
    assert "\n" not in str(refused.value)
    columns = sniff(path, encoding=remedy.split()[1]).columns
    assert columns[0] == "id"


def test_the_line_named_is_the_one_that_is_broken(write):
    lines = ["id,text"] + [f"{n},plain" for n in range(2, 90)]
    content = "\n".join(lines).encode() + "\n90,réseau".encode("latin-1")
    with pytest.raises(EncodingError, match="line 90:"):
        sniff(write("a.csv", content))


def test_utf8_is_not_garbled_by_a_wrong_choice(write):
    with pytest.raises(FileError, match="Leave out --encoding"):
        sniff(write("a.csv", ARABIC), encoding="windows-1252")


def test_an_unknown_encoding_is_named(write):
    with pytest.raises(FileError, match="--encoding klingon is unknown"):
        sniff(write("a.csv", ARABIC), encoding="klingon")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (gzip.compress(b"", mtime=0), "is empty"),
        (b"\x1f\x8b\x08\x00broken", "packed data is broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "Save it as .xlsx"),
        (b"PAR1....", "Parquet"),
        (b"[{}, {}]", "no row that can be read"),
        (b"<html></html>", "markup"),
        (b"PK\x03\x04rubbish", "broken XLSX"),
        (b"id,text\r1,a\r2,b\r", "CR alone"),
        (b'id,"text\n1,a\n', "column names cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(write, content, says):
    with pytest.raises(FileError) as refused:
        sniff(write("strange", content))
    assert says in str(refused.value)
    assert "strange" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("posts.csv", "id,text\n")
    with pytest.raises(FileError, match="archive in an archive"):
        sniff(path)


def test_folder_and_missing_file(tmp_path):
    with pytest.raises(FileError, match="is a folder"):
        sniff(tmp_path)
    with pytest.raises(FileError, match="no such file"):
        sniff(Path(tmp_path / "nothing.csv"))


def test_repeated_and_empty_column_names_stay_apart(write):
    guess = sniff(write("a.csv", "text,,text,id\na,b,c,1\n"))
    assert guess.columns == ("text", "column 2", "text (2)", "id")


def test_a_column_that_repeats_is_no_id(write):
    rows = "".join(f"u7,2025-10-02,phrase {n}\n" for n in range(20))
    assert sniff(write("a.csv", "id,date,text\n" + rows)).mapping.columns["id"] == "hash"


def test_a_header_alone_is_a_table_without_posts(write):
    assert sniff(write("a.csv", "id,date,text\n")).columns == ("id", "date", "text")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "Identifiant;Date de publication;Auteur;Contenu;Partages;Commentaires;Vues;Langue",
            {
                "id": "Identifiant",
                "created_at": "Date de publication",
                "author": "Auteur",
                "text": "Contenu",
                "reposts": "Partages",
                "replies": "Commentaires",
                "views": "Vues",
                "language": "Langue",
            },
        ),
        (
            "tweet_id,Created At,User Name,full_text,favorite_count,retweet_count,Impressions",
            {
                "id": "tweet_id",
                "created_at": "Created At",
                "author": "User Name",
                "text": "full_text",
                "likes": "favorite_count",
                "reposts": "retweet_count",
                "views": "Impressions",
            },
        ),
        (
            "id,publishedAt,authorChannelId,authorName,text,likeCount,replyCount",
            {
                "id": "id",
                "created_at": "publishedAt",
                "author_id": "authorChannelId",
                "author": "authorName",
                "text": "text",
                "likes": "likeCount",
                "replies": "replyCount",
            },
        ),
        (
            "المعرف,التاريخ,الكاتب,النص",
            {"id": "المعرف", "created_at": "التاريخ", "author": "الكاتب", "text": "النص"},
        ),
    ],
)
def test_column_names_of_three_languages_and_platforms(write, header, expected):
    assert sniff(write("a.csv", header + "\n")).mapping.columns == expected


def test_crowdtangle_facebook(write):
    header = (
        "Page Name,User Name,Facebook Id,Likes at Posting,Followers at Posting,Post Created,Type,"
        "Total Interactions,Likes,Comments,Shares,Love,Wow,Haha,Sad,Angry,Care,Post Views,URL,"
        "Message,Link,Image Text,Link Text,Description"
    )
    guess = sniff(write("a.csv", header + "\n"))
    assert guess.export == "crowdtangle-facebook"
    assert guess.mapping.constants == {"platform": "facebook"}
    assert guess.mapping.columns["id"] == "URL"
    assert guess.mapping.columns["likes"] == "Likes+Love+Wow+Haha+Sad+Angry+Care"


def test_ndjson_of_the_x_api_keeps_columns_that_come_late(write):
    row = {"id": "1", "text": "a", "author_id": "9", "public_metrics": {"like_count": 3}}
    guess = sniff(write("a.ndjson", [row]))
    assert (guess.format, guess.export) == ("ndjson", "x-api")
    assert guess.mapping.columns["text"].startswith("note_tweet.text|")
