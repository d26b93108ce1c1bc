"""`python -m tests.kit.supervised FOLDER`: what `make run` does, in another folder."""

import sys
from pathlib import Path

from cchc_portal.kit.supervisor import supervise

sys.exit(
    supervise(
        Path(sys.argv[1]),
        set_up=(("migrate", "--verbosity", "0"),),
        settings="tests.kit.supervised.settings",
    )
)
