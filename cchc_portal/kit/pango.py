"""The one system library the portal needs: Pango, which draws the letters of every PDF."""

import ctypes
import os
import shutil
import subprocess
import sys

LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
)
PACKAGES = ("libpangoft2-1.0-0", "libharfbuzz-subset0")
INSTALL = ("apt-get", "install", "-y", "--no-install-recommends", *PACKAGES)


def is_here() -> bool:
    """Whether every library that WeasyPrint opens can be opened."""
    try:
        for library in LIBRARIES:
            ctypes.CDLL(library)
    except OSError:
        return False
    return True


def fetch() -> bool:
    """As root on Debian or Ubuntu: install it. Says whether it is here in the end."""
    if not is_here() and os.getuid() == 0 and shutil.which("apt-get"):
        quiet = {
            "stdout": subprocess.DEVNULL,
            "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        }
        sys.stdout.write("Đang cài Pango để in PDF…\n")
        if subprocess.run(INSTALL, stderr=subprocess.DEVNULL, check=False, **quiet).returncode:
            subprocess.run(("apt-get", "update"), check=False, **quiet)
            subprocess.run(INSTALL, check=False, **quiet)
    return is_here()


def advice() -> str:
    """One line for whoever must install it by hand."""
    return f"Thiếu thư viện Pango để in PDF. Chạy lệnh: sudo {' '.join(INSTALL)}"


if __name__ == "__main__":
    if not fetch():
        sys.exit(advice())
