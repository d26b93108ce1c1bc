"""Where the embedded engines live and under which account: PostgreSQL refuses to run as root."""

import hashlib
import os
import pwd
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

ACCOUNT = "cchc-engines"
LONGEST_SOCKET_PATH = 107
LONGEST_SOCKET_NAME = "/.s.PGSQL.5432"


class EngineFault(Exception):
    """An engine cannot run; the text is one Vietnamese line that says what to do."""


def socket_folder(var: Path) -> Path:
    """`var/run`, or a temporary folder where that path is too long for a socket or has a sign in it
    that divides the list of sockets."""
    near = Path(os.path.realpath(var)) / "run"
    fits = len(os.fsencode(f"{near}{LONGEST_SOCKET_NAME}")) <= LONGEST_SOCKET_PATH
    if fits and not set(',"') & set(str(near)):
        return near
    fingerprint = hashlib.sha256(os.fsencode(near)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"cchc-{os.getuid()}-{fingerprint}"


def lodger() -> pwd.struct_passwd:
    """The account the engines run under: ours, or a system account of theirs when we are root."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home"]
        subprocess.run(
            [*command, "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", ACCOUNT],
            check=True,
            capture_output=True,
        )
        return pwd.getpwnam(ACCOUNT)


def private_folder(folder: Path, owner: pwd.struct_passwd) -> None:
    """Make the folder the engine's alone. One that belongs to somebody else is refused."""
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.pw_uid:
        raise EngineFault(
            f"Thư mục {folder} không thuộc tài khoản {owner.pw_name}: "
            "xóa thư mục đó hoặc chạy bằng tài khoản đã tạo ra nó."
        )
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)


def let_pass(owner: pwd.struct_passwd, *places: Path) -> None:
    """As root: the engine's account must be able to walk to these places, and no more than walk."""
    if os.getuid() != 0:
        return
    for folder in {parent for place in places for parent in place.resolve().parents}:
        mode = folder.stat().st_mode
        if folder.stat().st_uid != owner.pw_uid and not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
            sys.stdout.write(f"Mở quyền đi qua (o+x) thư mục {folder} cho {owner.pw_name}.\n")


def let_read(tree: Path) -> None:
    """As root: programs installed under a strict umask become readable to the engine's account."""
    if os.getuid() != 0 or tree.stat().st_mode & stat.S_IROTH:
        return
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            others = stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
            path.chmod(mode | others)
