"""Uses an installed Sada from a folder that is not its checkout. Run by tools/test-wheel.

Not collected by pytest: the environment it runs in has no development dependencies.
"""

import json
import subprocess
import sys
from pathlib import Path


def sada(*arguments: str, stdin: str | None = None) -> str:
    done = subprocess.run(
        ["sada", *arguments], input=stdin, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(f"sada {' '.join(arguments)}: {done.returncode}\n{done.stderr}")
    return done.stdout


def main(checkout: str) -> None:
    import config

    assert not str(Path(config.__file__).resolve()).startswith(checkout), config.__file__
    assert len(json.loads(sada("campaigns", "--json"))) == 5
    read = json.loads(sada("classify", stdin="had l7amla zwina bzaf\n"))
    assert read["language"] == "ary-Latn", read
    Path("posts.csv").write_text(
        "id,created_at,text\n1,2025-10-03T10:00:00Z,Bravo pour #Mamhkoumch\n", encoding="utf-8"
    )
    sada("import", "posts.csv", "--campaign", "mamhkoumch-2025", "--set", "platform=facebook")
    sada("annotate")
    status = json.loads(sada("status", "--json"))
    posts = {one["slug"]: one["posts"] for one in status["campaigns"]}
    assert posts["mamhkoumch-2025"] == 1, posts
    sada("demo", "--once")
    sada("report", "mamhkoumch-2025", "--out", "report")
    assert Path("report/index.html").stat().st_size > 10_000
    print("wheel: 1 passed")


if __name__ == "__main__":
    main(sys.argv[1])
