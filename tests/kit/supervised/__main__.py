"""`python -m tests.kit.supervised FOLDER [STEP…]`: what `make run` does, in another folder."""

import sys
from pathlib import Path

from cchc_portal.kit.supervisor import supervise

sys.exit(
    supervise(
        Path(sys.argv[1]),
        set_up=(("migrate", "--verbosity", "0"), *((step,) for step in sys.argv[2:])),
        settings="tests.kit.supervised.settings",
    )
)
