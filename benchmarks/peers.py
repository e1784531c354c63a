"""The field: nginx with the same bytes as files, nginx in front of the newsstand, Wagtail without the press."""

import gzip
import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template

from benchmarks.homes import ROOT
from benchmarks.processes import Server

CONF = Path(__file__).parent / "nginx"
SHIPPED = ROOT / "deploy" / "nginx" / "kawaraban.conf"
READERS = "location = /newsletter"  # what only the readers' server has


def nginx(name: str, folder: Path, conf: str) -> list[str]:
    """The command that runs nginx with a configuration, everything of it in one folder. Raises FileNotFoundError."""
    if (program := shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")) is None:
        raise FileNotFoundError("nginx is not installed: apt-get install nginx-light")
    (folder / "temp").mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.conf"
    file.write_text(conf, encoding="utf-8")
    return [program, "-p", str(folder), "-c", str(file), "-e", str(folder / "error.log")]


def filled(name: str, folder: Path, **values: object) -> str:
    text = Template((CONF / name).read_text(encoding="utf-8"))
    user = "user root;" if os.geteuid() == 0 else ""
    return text.safe_substitute(BENCH_FOLDER=folder, BENCH_USER=user, **{f"BENCH_{key.upper()}": value for key, value in values.items()})


def static(folder: Path, port: int, headers: Iterable[tuple[str, str]]) -> Server:
    """nginx serving the files in folder/www, with the headers that the newsstand sends."""
    shown = "\n".join(f'        add_header {name} "{value}";' for name, value in headers)
    conf = filled("static.conf", folder, port=port, headers=shown)
    return Server("nginx", nginx("static", folder, conf), folder / "nginx.log", port)


def write_files(folder: Path, bodies: Mapping[str, bytes]) -> None:
    """The newsstand's own bytes: each page compressed, and beside it plain."""
    for address, body in bodies.items():
        file = folder / "www" / address.strip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_name(file.name + ".gz").write_bytes(body)
        file.write_bytes(gzip.decompress(body))
    (folder / "www" / "index.html").write_text("nginx")


def front(folder: Path, port: int, upstream: int) -> Server:
    """nginx with the shipped configuration in front of the newsstand."""
    (folder / "kawaraban.conf").write_text(in_plain_http(SHIPPED.read_text(encoding="utf-8"), folder, port, upstream), encoding="utf-8")
    conf = filled("front.conf", folder)
    return Server("nginx in front", nginx("front", folder, conf), folder / "nginx.log", port)


def in_plain_http(shipped: str, folder: Path, port: int, upstream: int) -> str:
    """The readers' server of the shipped file, without TLS and log: as all others are measured."""
    servers = re.findall(r"^server \{.*?^\}\n", shipped, re.M | re.S)
    readers = next(server for server in servers if READERS in server)
    for server in servers:
        if server is not readers:
            shipped = shipped.replace(server, "")
    plain = re.sub(r"^    (ssl_|listen |server_name ).*\n", "", readers, flags=re.M)
    plain = re.sub(r"^    access_log .*", "    access_log off;", plain, flags=re.M)
    plain = plain.replace("server {\n", f"server {{\n    listen 127.0.0.1:{port} backlog=2048;\n", 1)
    whole = shipped.replace(readers, plain).replace("server 127.0.0.1:8000;", f"server 127.0.0.1:{upstream};")
    return re.sub(r"^proxy_cache_path \S+", f"proxy_cache_path {folder}/cache", whole, flags=re.M)


def wagtail(home: Path, port: int, threads: int, log: Path, path: str) -> Server:
    """The same pages, rendered for each request."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", str(threads), "--log-level", "warning", "--no-ws", "kawaraban.wsgi:application"]
    more = {"KAWARABAN_HOME": str(home), "KAWARABAN_PROCESS": "readers", "DJANGO_SETTINGS_MODULE": "kawaraban.settings"}
    return Server("Wagtail", command, log, port, path=path, more=more)
