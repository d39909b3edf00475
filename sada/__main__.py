"""`python -m sada` is `sada`."""

from sada.cli import main

main()
