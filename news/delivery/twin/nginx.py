"""A sample configuration for nginx, and the lists that it includes, from the manifest alone.

Types follow from suffixes, 410 and 403 from the folder in which a file lies; both need nothing more when a page comes or
goes. Redirects, files that no rule finds and headers of single files stand in lists, which nginx reads at a reload.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from wagtail_newsroom.news.delivery.twin.manifest import Entry, Host
from wagtail_newsroom.news.delivery.twin.names import is_found_by_rule, plain_type, type_of_suffix

FOLDER = "nginx"
REDIRECTS = (301, 302, 303, 307, 308)
# nginx looks addresses up in buckets of this size; longer ones are left out of its lists.
BUCKET = 4096
LONGEST_KEY = BUCKET - 256
COMPRESSED = re.compile(r"text/|application/(json|xml|atom\+xml|problem\+json)|image/svg\+xml")
FILENAME = re.compile(r";\s*filename.*", re.DOTALL)

MAPS = """\
# Written by `manage.py export_site`. Include it inside `http {{ }}`: include {root}/nginx/maps.conf;
map_hash_bucket_size {bucket};
map_hash_max_size 65536;
variables_hash_max_size 4096;
"""

MAPS_OF_SITE = """
# {url}
map $uri $twin_{n}_index {{ default ""; "~/$" index; }}
map $uri $twin_{n}_below {{ default "/index.html"; "~/$" "/@nothing"; }}
map $args $twin_{n}_query {{ default ""; "~^[A-Za-z0-9_.~=&%,:+-]+$" "@$args"; }}
map $uri $twin_{n}_missing {{ default "/404/404.html"; include {folder}/missing.list; }}
map $uri$is_args$args $twin_{n}_named {{ default "/200/@/nothing"; include {folder}/named.list; }}
"""

TWIN = """\
# Written by `manage.py export_site`: {url} from its files. Included by the samples beside it, inside `server {{ }}`.
root {root}/{name};
charset off;
absolute_redirect off;
default_type application/octet-stream;
types {{
{types}
}}
gzip on;
gzip_vary on;
gzip_types {compressed};
recursive_error_pages on;
error_page 403 @twin_refused;
error_page 404 @twin_missing;
error_page 410 @twin_gone;
{headers}

# The address as it was asked for, its query included.
location @twin {{
    internal;
{redirects}
    try_files $twin_{n}_named{asked} @twin_without_query;
}}

# The address without its query: nobody knows `?utm_source=…`, and filters need the application.
location @twin_without_query {{
    internal;
{answerless}{redirects_without_query}
    if (-f $document_root/410$uri${{twin_{n}_index}}.html) {{ return 410; }}
    if (-f $document_root/403$uri.html) {{ return 403; }}
    if (-f $document_root/200$uri$twin_{n}_below) {{ return 301 $uri/$is_args$args; }}
    try_files{plain} =404;
}}

location @twin_gone {{ internal; try_files /410$uri$twin_{n}_index.html =410; }}
location @twin_refused {{ internal; try_files /403$uri.html =403; }}
location @twin_missing {{ internal; try_files $twin_{n}_missing /404/404.html =404; }}
"""

ONLY = """\
# {url} from its files alone. Put the certificate, and port 443, where yours are.
server {{
    listen {port};
    server_name {hostname};
    include {folder}/twin.conf;
    location / {{ try_files /@nothing @twin; }}
}}
"""

FIRST = """\
# {url} by the application, and from its files while that is down. Put the certificate, and port 443, where yours are.
server {{
    listen {port};
    server_name {hostname};
    client_max_body_size 60m;
    include {folder}/twin.conf;
    location / {{
        proxy_pass http://127.0.0.1:{behind};
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_connect_timeout 2s;
        # The headers of the twin are for its files; what the application says goes out as it is.
        add_header X-Twin "";
        proxy_intercept_errors on;
        error_page 502 503 504 = @twin;
    }}
}}
"""


def configuration(root: Path, hosts: dict[str, Host]) -> dict[str, bytes]:
    """The files for nginx, by their names below the folder of the twin, ``root``."""
    maps = [MAPS.format(root=root, bucket=BUCKET)]
    found: dict[str, str] = {}
    for name, host in hosts.items():
        folder = f"{FOLDER}/{name}"
        lists = dict(_lists(host))
        found |= {f"{folder}/{each}.list": "".join(lines) for each, lines in lists.items()}
        shown = {"n": host.site, "url": host.url, "folder": root / folder}
        maps.append(MAPS_OF_SITE.format(**shown))
        maps += [
            f'map $uri$is_args$args $twin_{host.site}_{each} {{ default ""; include {root / folder}/{each}.list; }}\n'
            f'map $uri $twin_{host.site}_{each}_bare {{ default ""; include {root / folder}/{each}.list; }}\n'
            for each in lists
            if each.startswith("moved")
        ]
        headers = sorted({header for sent in host.headers.values() for header in sent})
        maps += [
            f"map $uri $twin_{host.site}_{_word(header)} {{ include {root / folder}/{_word(header)}.list; }}\n"
            for header in headers
        ]
        address = urlsplit(host.url)
        samples = shown | {"hostname": address.hostname, "port": 80, "behind": address.port or 8000}
        found[f"{folder}/twin.conf"] = _twin(root, name, host, headers)
        found[f"{folder}/only-the-twin.conf"] = ONLY.format(**samples)
        found[f"{folder}/application-first.conf"] = FIRST.format(**samples)
    found[f"{FOLDER}/maps.conf"] = "".join(maps)
    return {name: content.encode() for name, content in found.items()}


def _twin(root: Path, name: str, host: Host, headers: list[str]) -> str:
    n = host.site
    files = [entry.file for entry in host.addresses.values() if entry.file]
    suffixes = sorted({suffix for file in files if (suffix := _suffix(file))} | {"html", "json"})
    types = {suffix: type_of_suffix(suffix) for suffix in suffixes}
    for entry in host.addresses.values():
        if entry.file:
            types[_suffix(entry.file)] = plain_type(entry.type)
    added = sorted(
        {_suffix(entry.file) for address, entry in host.addresses.items() if _is_suffix_added(address, entry)}
        | {"html"}
    )
    asked = f"/200$uri$twin_{n}_index$twin_{n}_query"
    plain = f"/200$uri$twin_{n}_index"
    moved = "    if ($twin_{n}_moved{status}{bare}) {{ return {status} $twin_{n}_moved{status}{bare}{args}; }}"
    api = next(
        (address.removesuffix("openapi.json") for address in host.addresses if address.endswith("/openapi.json")), ""
    )
    return TWIN.format(
        n=n,
        root=root,
        name=name,
        url=host.url,
        types="\n".join(f'    "{types[suffix]}" {suffix};' for suffix in suffixes if types[suffix]),
        headers="\n".join(f"add_header {_title(each)} $twin_{n}_{_word(each)} always;" for each in headers),
        compressed=" ".join(f'"{each}"' for each in sorted(filter(COMPRESSED.match, types.values()))),
        asked=" ".join(["", asked, *(f"{asked}.{suffix}" for suffix in added)]),
        plain=" ".join(["", plain, *(f"{plain}.{suffix}" for suffix in added)]),
        redirects="\n".join(moved.format(n=n, status=each, bare="", args="") for each in REDIRECTS),
        redirects_without_query="\n".join(
            moved.format(n=n, status=each, bare="_bare", args="$is_args$args") for each in REDIRECTS
        ),
        answerless=(
            f'    set $twin_asked $uri$is_args$args;\n    if ($twin_asked ~ "^{api}.*\\?") {{ return 503; }}\n'
            if api
            else ""
        ),
    )


def _lists(host: Host) -> Iterator[tuple[str, list[str]]]:
    """What stands in each list, by its name."""
    addresses = dict(sorted(host.addresses.items()))
    for status in REDIRECTS:
        moved = {address: entry for address, entry in addresses.items() if entry.status == status}
        yield f"moved{status}", _lines((_key(address), entry.location) for address, entry in moved.items())
    named = {address: entry for address, entry in addresses.items() if entry.file and not is_found_by_rule(entry.file)}
    yield "named", _lines((_key(address), f"/{entry.file}") for address, entry in named.items())
    missing = [entry.file for entry in addresses.values() if entry.status == 404]
    yield (
        "missing",
        _lines(
            (f"~^/{re.escape(file.removeprefix('404/').rpartition('/')[0])}/", f"/{file}")
            for file in missing
            if file.count("/") > 1
        ),
    )
    for header in sorted({header for sent in host.headers.values() for header in sent}):
        yield _word(header), _lines(_header_rules(header, host))


def _header_rules(header: str, host: Host) -> Iterator[tuple[str, str]]:
    """Which files are sent with which value of a header: a rule for most, for folders, for types in them, for single files."""
    values = {
        f"/{entry.file}": host.headers[entry.headers].get(header, "") for entry in host.addresses.values() if entry.file
    }
    usual = _most({file: _without_name(value) for file, value in values.items()})
    by_type, by_folder = defaultdict[str, dict[str, str]](dict), defaultdict[str, dict[str, str]](dict)
    for file, value in values.items():
        folder, suffix = _place(file), _suffix(file)
        by_folder[folder][file] = by_type[f"{folder}|{suffix}"][file] = _without_name(value)
    of_folder = {folder: _most(each) for folder, each in by_folder.items()}
    of_type = {place: _most(each) for place, each in by_type.items()}
    for file, value in sorted(values.items()):
        if value != of_type[f"{_place(file)}|{_suffix(file)}"]:
            yield file, value
    for place, value in sorted(of_type.items()):
        folder, _bar, suffix = place.partition("|")
        if value != of_folder[folder]:
            yield f"~^{_within(folder)}\\.{re.escape(suffix)}$", value
    for folder, value in sorted(of_folder.items()):
        if value != usual:
            yield f"~^{_within(folder)}$", value
    yield "default", usual


def _most(values: dict[str, str]) -> str:
    counted = Counter(values.values())
    return min(counted, key=lambda value: (-counted[value], value)) if counted else ""


def _without_name(value: str) -> str:
    """A value for many files: ``attachment`` without the name of one of them."""
    return FILENAME.sub("", value)


def _place(file: str) -> str:
    """Status and first folder of a file, by which headers are told apart."""
    parts = file.split("/")
    return "/".join(parts[:3] if len(parts) > 3 else parts[:2]) + "/"


def _within(folder: str) -> str:
    """Pattern of the files that :func:`_place` puts into ``folder``."""
    return re.escape(folder) + (".*" if folder.count("/") > 2 else "[^/]*")


def _suffix(file: str) -> str:
    last = file.rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last else ""


def _is_suffix_added(address: str, entry: Entry) -> bool:
    split = urlsplit(address)
    return bool(entry.file) and not entry.file.endswith(unquote(split.path).rpartition("/")[2] or "\n")


def _key(address: str) -> str:
    """An address as nginx has it: the path decoded, the query as it came."""
    split = urlsplit(address)
    return unquote(split.path) + (f"?{split.query}" if split.query else "")


def _lines(pairs: Iterable[tuple[str, str]]) -> list[str]:
    lines: dict[str, str] = {}
    for key, value in pairs:
        if len(key.encode()) <= LONGEST_KEY and not set("\r\n") & set(key + value):
            lines.setdefault(
                key.lower() if not key.startswith("~") else key, f"{_quoted(key)} {_quoted(value, is_value=True)};\n"
            )
    return list(lines.values())


def _quoted(text: str, *, is_value: bool = False) -> str:
    """A word of nginx's; a value holds no variables."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped.replace("$", "%24") if is_value else escaped}"' if text != "default" else text


def _word(header: str) -> str:
    return "h_" + re.sub(r"[^a-z0-9]+", "_", header.lower())


def _title(header: str) -> str:
    return "-".join(part.capitalize() for part in header.split("-"))
