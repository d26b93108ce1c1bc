"""The addresses of reports that anyone may read across editions, and where papers are checked."""

from reports.seal import short_code
from tests.house.registry import EVERYBODY, Address

PUBLIC = [
    Address("reports:public", passed=EVERYBODY, public=True),
    Address("reports:public-units", passed=EVERYBODY, public=True),
    Address(
        "reports:public-unit",
        passed=EVERYBODY,
        args=lambda world: (world.edition.results.get(rank=1).unit_id,),
        public=True,
    ),
    Address("reports:published-satisfaction", passed=EVERYBODY, public=True),
    Address("reports:open-data", passed=EVERYBODY, public=True),
    Address("reports:checking", passed=EVERYBODY, query="?ma=", public=True),
    Address("reports:check-script", passed=EVERYBODY, public=True),
    Address(
        "reports:check",
        passed=EVERYBODY,
        args=lambda world: (short_code(world.edition),),
        public=True,
    ),
]
