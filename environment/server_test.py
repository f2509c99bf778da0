"""The notebook server is nobody else's: it listens on this machine alone, and answers nobody without its token."""
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

HOME = pathlib.Path(__file__).resolve().parent.parent


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def serve(folder, port):
    """The server as a user starts it, on a copy of the notebooks; returns it with its token."""
    shutil.copytree(HOME / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    variables = dict(os.environ, ANOGAN_NOTEBOOKS=str(folder / "notebooks"), ANOGAN_NOTEBOOK_PORT=str(port), ANOGAN_NO_BROWSER="1",
                     ANOGAN_DATA=str(folder / "data"), ANOGAN_EYES="6", ANOGAN_TRAIN_STEPS="60", ANOGAN_MAP_STEPS="6", ANOGAN_WIDTH="0.125", ANOGAN_BATCH="8",
                     ANOGAN_BOOTSTRAP="100")
    server = subprocess.Popen([str(HOME / "environment/notebooks")], env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in server.stdout:
        found = re.search(rf"http://127\.0\.0\.1:{port}/\?token=(\w+)", line)
        if found:
            return server, found.group(1)
    sys.exit("FAIL  server: it did not say its address")


def status(address):
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


def listeners(port):
    """The addresses, in hexadecimal, at which this machine listens on the port."""
    tables = [table for table in ("/proc/net/tcp", "/proc/net/tcp6") if os.path.exists(table)]
    rows = [line.split() for table in tables for line in open(table).readlines()[1:]]
    return {row[1].split(":")[0] for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == port}


def main():
    with tempfile.TemporaryDirectory() as scratch:
        port = free_port()
        server, token = serve(pathlib.Path(scratch), port)
        try:
            contents = f"http://127.0.0.1:{port}/api/contents"
            answers = [status(contents), status(contents + "?token=" + token[:-1] + "x"), status(contents + "?token=" + token)]
            if answers != [403, 403, 200]:
                sys.exit(f"FAIL  server: without token, with a wrong one and with its own it answers {answers}")
            if listeners(port) - {"0100007F"}:   # 127.0.0.1
                sys.exit(f"FAIL  server: it listens at {listeners(port)}")
        finally:
            server.terminate()
            server.wait(30)
    print("ok    the server listens on 127.0.0.1 alone and answers nobody without its token")


if __name__ == "__main__":
    main()
