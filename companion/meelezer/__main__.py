"""`python -m meelezer` is the same as the command `meelezer`."""

from meelezer.cli import main

main()
