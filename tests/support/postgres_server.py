"""A PostgreSQL server of our own for tests, in a folder that goes with it, on a free port of loopback."""
import ctypes
import glob
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PASSWORD = "p:w/d@1%s3cr3t9c1f"
ESCAPED = "p%3Aw%2Fd%401%25s3cr3t9c1f"


LIBC = ctypes.CDLL(None)


def die_with_parent():
    """Also when the script is killed: prctl(PR_SET_PDEATHSIG)."""
    LIBC.prctl(1, signal.SIGQUIT)


def programs():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    initdb = found[-1] if found else shutil.which("initdb")
    return pathlib.Path(initdb).parent if initdb else None


def server_user():
    """The server refuses to be root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


class PostgresServer:
    """With the database `team`, to which the user `assay` is let by PASSWORD only."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="assay-pg-", dir="/tmp"))  # a socket's path must be short
        self.user = server_user()
        self.bin = programs()
        self.process = None
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        subprocess.run([self.bin / "initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
                        "--locale=C.UTF-8", "--no-sync"], check=True, stdout=subprocess.DEVNULL, **self.as_user())
        (self.folder / "data/pg_hba.conf").write_text("host all assay 127.0.0.1/32 scram-sha-256\n"
                                                           "local all all trust\n")
        self.start()
        self.sql(f"CREATE ROLE assay LOGIN PASSWORD '{PASSWORD}'", "postgres")
        self.sql("CREATE DATABASE team OWNER assay", "postgres")

    def as_user(self):
        if not self.user:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def as_admin(self):
        return ["-h", self.folder, "-p", str(self.port), "-U", "postgres"]

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.bin / "postgres", "-D", self.folder / "data", "-p", str(self.port), "-k", self.folder, "-h",
                 "127.0.0.1", "-F"], stdout=log, stderr=log, preexec_fn=die_with_parent, **self.as_user())
        for _ in range(600):
            if subprocess.run([self.bin / "pg_isready", "-q", "-h", self.folder, "-p", str(self.port)]).returncode == 0:
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self):
        """As a crash is to its clients."""
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
            self.process = None

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, password=ESCAPED, database="team"):
        return f"postgresql://assay{':' + password if password else ''}@127.0.0.1:{self.port}/{database}"

    def sql(self, statement, database="team"):
        done = subprocess.run([self.bin / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *self.as_admin(),
                               "-d", database, "-c", statement], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def dump(self, database="team"):
        return subprocess.run([self.bin / "pg_dump", *self.as_admin(), database], check=True, capture_output=True,
                              text=True).stdout
