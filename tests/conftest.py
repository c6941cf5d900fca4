"""What holds for every test: none depends on the speed of the machine."""

from hypothesis import settings

settings.register_profile("accueil", deadline=None)
settings.load_profile("accueil")
