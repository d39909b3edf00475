"""What holds for every test: no time limit on a property's single example, since machines are
shared and slow; pytest's own time limit ends what hangs."""

from hypothesis import settings

settings.register_profile("sada", deadline=None)
settings.load_profile("sada")
