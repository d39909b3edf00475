"""The conductor: puts the rooms together, runs them on a schedule, answers on the command line."""

__version__ = "0.1.0"
