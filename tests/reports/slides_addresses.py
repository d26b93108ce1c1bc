"""The address of the slides of an edition: public, as the edition itself."""

from tests.house.registry import EVERYBODY, Address

SLIDES = [
    Address(
        "reports:slides",
        passed=EVERYBODY,
        public=True,
        args=lambda world: (world.edition.pk,),
        query="?khoi=1&thu-tu=tu-cao",
    )
]
