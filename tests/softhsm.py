"""Puts a token in software (SoftHSM) on the machine for the tests of signing by token: installed as
root, else Debian's package unpacked below .venv. Where neither goes those tests are skipped."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGE = "libsofthsm2"
INSTALL = ("apt-get", "install", "-y", "--no-install-recommends", PACKAGE)
UNPACKED = Path(__file__).parent.parent / ".venv" / "softhsm"
ROOTS = (Path("/"), UNPACKED)
MISSING = (
    f"Không có SoftHSM: các phép thử ký bằng thiết bị bị bỏ qua. Cần: sudo {' '.join(INSTALL)}"
)


def module() -> Path | None:
    """The library of the token, where it is there."""
    for root in ROOTS:
        for below in ("usr/lib/softhsm", "usr/lib/*/softhsm", "usr/lib64/softhsm"):
            if found := next(root.glob(f"{below}/libsofthsm2.so"), None):
                return found
    return None


def fetch() -> bool:
    """Whether it is there in the end."""
    if not module() and shutil.which("apt-get"):
        sys.stdout.write("Installing SoftHSM for the tests of signing by token…\n")
        if os.getuid() == 0:
            for command in (INSTALL, ("apt-get", "update"), INSTALL):
                if not module():
                    _quietly(command)
        else:
            _unpack()
    return module() is not None


def _unpack() -> None:
    with TemporaryDirectory() as folder:
        _quietly(("apt-get", "download", PACKAGE), folder)
        for file in Path(folder).glob("*.deb"):
            _quietly(("dpkg-deb", "--extract", str(file), str(UNPACKED)))


def _quietly(command: tuple[str, ...], folder: str | None = None) -> None:
    subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )


if __name__ == "__main__" and not fetch():
    sys.stdout.write(f"{MISSING}\n")
