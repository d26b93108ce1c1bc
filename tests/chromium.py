"""Puts a Chromium on the machine for the browser tests: Debian's as root, else Playwright's own."""

import os
import shlex
import shutil
import subprocess
import sys

from playwright.sync_api import Error, sync_playwright

from tests.fixtures.browser import launch

DEBIAN = ("apt-get", "install", "-y", "--no-install-recommends", "chromium")
PLAYWRIGHT = (sys.executable, "-m", "playwright", "install", "--only-shell", "chromium")
LIBRARIES = (sys.executable, "-m", "playwright", "install-deps", "chromium")


def install() -> bool:
    """Whether a Chromium is there in the end."""
    if shutil.which("chromium"):
        return True
    if os.getuid() == 0 and shutil.which("apt-get"):
        sys.stdout.write("Installing Chromium for the browser tests…\n")
        for command in (DEBIAN, ("apt-get", "update"), DEBIAN):
            subprocess.run(
                command,
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
            if shutil.which("chromium"):
                return True
        return subprocess.run((*PLAYWRIGHT, "--with-deps"), check=False).returncode == 0
    return subprocess.run(PLAYWRIGHT, check=False).returncode == 0


def starts() -> bool:
    """Playwright's own comes without the system libraries it opens."""
    with sync_playwright() as playwright:
        try:
            launch(playwright).close()
        except Error:
            return False
    return True


if __name__ == "__main__":
    if not install():
        sys.exit(f"No Chromium for the browser tests. As root: {shlex.join(DEBIAN)}")
    if not starts():
        sys.exit(f"Chromium lacks libraries. As root: {shlex.join(LIBRARIES)}")
