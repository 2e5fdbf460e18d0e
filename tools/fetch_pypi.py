#!/usr/bin/env python3
"""fetch_pypi.py PROJECT FILE SHA256 DESTINATION

Downloads one pinned file of a project from the Python package index and checks its SHA-256.
The index is $PIP_INDEX_URL, else pip's configured index-url, else https://pypi.org/simple.
Needs only the standard library. An interrupted download goes on where it stopped; a damaged one is
detected, deleted and reported. Nothing is fetched when DESTINATION already has the right hash.
"""
import configparser
import hashlib
import html.parser
import os
import pathlib
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request


def pip_option(name):
    """pip's own order: environment, then $PIP_CONFIG_FILE, the user's files, the machine's."""
    if os.environ.get("PIP_" + name.upper().replace("-", "_")):
        return os.environ["PIP_" + name.upper().replace("-", "_")]
    home = pathlib.Path.home()
    config_home = pathlib.Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    files = [os.environ.get("PIP_CONFIG_FILE"), config_home / "pip/pip.conf", home / ".pip/pip.conf",
             "/etc/xdg/pip/pip.conf", "/etc/pip.conf"]
    for file in filter(None, files):
        config = configparser.RawConfigParser()
        try:
            config.read(file)
        except configparser.Error:
            continue
        for section in ("install", "global"):
            if config.has_option(section, name):
                return config.get(section, name).strip()
    return None


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def public(url):
    """The URL without user name and password, for messages."""
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def opener_for(index):
    context = ssl.create_default_context(cafile=pip_option("cert"))
    handlers = [urllib.request.HTTPSHandler(context=context)]
    parts = urllib.parse.urlsplit(index)
    if parts.username:
        passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
        root = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"
        passwords.add_password(None, root, urllib.parse.unquote(parts.username),
                               urllib.parse.unquote(parts.password or ""), is_authenticated=True)
        handlers.append(urllib.request.HTTPBasicAuthHandler(passwords))
    return urllib.request.build_opener(*handlers)


def sha256(file):
    digest = hashlib.sha256()
    with open(file, "rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def find_link(opener, index, project, name):
    page = public(index).rstrip("/") + "/" + project + "/"
    with opener.open(page, timeout=60) as answer:
        links = Links()
        links.feed(answer.read().decode())
        for link in links.found:
            link = urllib.parse.urljoin(answer.url, link).split("#")[0]
            if urllib.parse.unquote(link.rsplit("/", 1)[1]) == name:
                return link
    raise SystemExit(f"fetch: {public(page)} does not list {name}; try another index (PIP_INDEX_URL)")


def download(opener, link, part):
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(link, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        answer = opener.open(request, timeout=60)
    except urllib.error.HTTPError as error:
        if error.code != 416:
            raise
        return  # the part is already as long as the file; the hash decides
    with answer, open(part, "ab" if answer.status == 206 else "wb") as stream:
        while block := answer.read(1 << 20):
            stream.write(block)


def main():
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    project, name, pinned, destination = sys.argv[1:4] + [pathlib.Path(sys.argv[4])]
    if destination.exists() and sha256(destination) == pinned:
        print(f"fetch: {destination} is here and has the right SHA-256")
        return
    index = pip_option("index-url") or "https://pypi.org/simple"
    opener = opener_for(index)
    part = destination.with_name(destination.name + ".part")
    destination.parent.mkdir(parents=True, exist_ok=True)
    print(f"fetch: {name} from {public(index)}", flush=True)
    try:
        link = find_link(opener, index, project, name)
        download(opener, link, part)
    except OSError as error:
        raise SystemExit(f"fetch: cannot reach {public(index)}: {error}. Check the network, the proxy "
                         "(https_proxy) or the index (PIP_INDEX_URL), then run this again") from error
    got = sha256(part)
    if got != pinned:
        part.unlink()
        raise SystemExit(f"fetch: {name} is damaged: SHA-256 is {got}, but {pinned} was expected. "
                         "It has been deleted; run this again")
    part.replace(destination)
    print(f"fetch: {destination} ({destination.stat().st_size} bytes), SHA-256 as pinned")


if __name__ == "__main__":
    main()
