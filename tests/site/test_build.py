"""Building: what is written, what is left alone, and what a failure leaves behind."""

import hashlib
import json
import os
import re
import signal
from pathlib import Path

import pytest
from jinja2 import Environment

from builder.findings import RegistryError
from builder.site import build as module
from builder.site import guide
from builder.site.build import NotLoadable, Report, program_digest
from builder.site.output import staging
from tests.registries import BODY, DOCUMENT
from tests.site.builds import MARKER, NOON, files, forked, inodes, python, run, small, vi_du


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)


def build(root: Path, **options: bool) -> Report:
    return module.build(root, root / "site", **{"full_text": False, **options})


# What is written


def test_the_command_says_what_it_built_and_how_to_open_it(tmp_path: Path) -> None:
    done = run(small(tmp_path), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert "pages" in done.stdout
    assert str(tmp_path / "out/index.html") in done.stdout
    assert list((tmp_path / "out/search/pagefind").rglob("pagefind.js"))


def test_without_the_index_of_texts_the_catalogue_is_still_made(tmp_path: Path) -> None:
    build(small(tmp_path))
    assert (tmp_path / "site/search/catalogue.js").is_file()
    assert not (tmp_path / "site/search/pagefind").exists()


def test_the_manifest_names_every_other_file_with_its_digest(tmp_path: Path) -> None:
    build(small(tmp_path))
    manifest = json.loads((tmp_path / "site/manifest.json").read_bytes())
    expected = {
        name: hashlib.sha256(data).hexdigest()
        for name, data in files(tmp_path / "site").items()
        if name not in (MARKER, "manifest.json")
    }
    assert manifest == {"as_of": "2026-01-01", "files": expected}


def test_a_site_that_knows_its_url_has_a_sitemap_and_canonical_links(tmp_path: Path) -> None:
    settings = (Path(__file__).parents[2] / "mkdocs.yml").read_text(encoding="utf-8")
    url = "https://vi-du.example/so/"
    (tmp_path / "mkdocs.yml").write_text(f"{settings}\nsite_url: {url}\n", encoding="utf-8")
    build(small(tmp_path))
    site = tmp_path / "site"
    listed = re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text())
    assert f"{url}documents/vi-du/an-binh/ke-hoach-thu/" in listed
    assert f"{url}huong-dan/" in listed
    assert all((site / one.removeprefix(url) / "index.html").is_file() for one in listed)
    page = (site / "documents/vi-du/an-binh/ke-hoach-thu/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{url}documents/vi-du/an-binh/ke-hoach-thu/">' in page
    assert f"Sitemap: {url}sitemap.xml" in (site / "robots.txt").read_text()


def test_a_site_without_url_has_no_sitemap(tmp_path: Path) -> None:
    build(small(tmp_path))
    assert not (tmp_path / "site/sitemap.xml").exists()


def test_the_404_page_is_vietnamese_and_leads_home(tmp_path: Path) -> None:
    build(small(tmp_path))
    page = (tmp_path / "site/404.html").read_text(encoding="utf-8")
    assert '<html lang="vi"' in page
    assert "Không tìm thấy trang" in page
    assert 'href="/./" class="site-name"' in page


def test_no_page_asks_another_host_for_anything(tmp_path: Path) -> None:
    build(vi_du(tmp_path))
    for name, data in files(tmp_path / "site").items():
        if name.endswith(".html"):
            page = data.decode()
            for mark in ('src="http', 'src="//', 'rel="stylesheet" href="http', "@import"):
                assert mark not in page, name


def test_hostile_words_of_a_record_never_become_markup(tmp_path: Path) -> None:
    hostile = """'"><script>alert(1)</script><img src=x onerror=alert(2)>'"""
    text = DOCUMENT.replace("title: Kế hoạch thử", f"title: {hostile}")
    build(small(tmp_path, {"documents/vi-du/an-binh/ke-hoach-thu": text}))
    for name, data in files(tmp_path / "site").items():
        if name.endswith(".html"):
            assert b"<script>alert" not in data, name
            assert b"<img src=x" not in data, name


def test_an_address_that_runs_script_stops_the_build(tmp_path: Path) -> None:
    text = DOCUMENT.replace("kind: dataset,", "kind: dataset, url: 'javascript:alert(1)',")
    done = run(small(tmp_path, {"documents/vi-du/an-binh/ke-hoach-thu": text}))
    assert done.returncode == 1
    assert "registry/documents/vi-du/an-binh/ke-hoach-thu.yaml:2:" in done.stdout
    assert not (tmp_path / "site").exists()


def test_internal_records_are_in_no_byte_of_the_site(tmp_path: Path) -> None:
    secret = DOCUMENT.replace("access: public", "access: internal").replace("Kế hoạch", "Chim yến")
    build(small(tmp_path, {"documents/vi-du/an-binh/noi-bo": secret}))
    for name, data in files(tmp_path / "site").items():
        assert "Chim yến".encode() not in data, name
        assert b"an-binh/noi-bo" not in data, name


# What is left alone


def test_a_second_build_renders_nothing_and_writes_no_file_anew(tmp_path: Path) -> None:
    build(vi_du(tmp_path))
    before, bytes_before = inodes(tmp_path / "site"), files(tmp_path / "site")
    assert build(tmp_path).rendered == 0
    assert inodes(tmp_path / "site") == before
    assert files(tmp_path / "site") == bytes_before


def test_a_changed_record_is_rendered_and_unrelated_pages_are_not(tmp_path: Path) -> None:
    first = build(vi_du(tmp_path))
    before = inodes(tmp_path / "site")
    record = tmp_path / "registry/regulations/vi-du/an-binh/quy-che-lam-viec-ubnd.yaml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("title: ", "title: Mới: ").replace("Mới: ", "Mới – "), "utf-8")
    second = build(tmp_path)
    assert 0 < second.rendered < first.pages / 2
    after = inodes(tmp_path / "site")
    page = "regulations/vi-du/an-binh/quy-che-lam-viec-ubnd/index.html"
    assert "Mới – " in (tmp_path / "site" / page).read_text(encoding="utf-8")
    assert after[page] != before[page]
    unrelated = "rules/qppl-bi-chia/index.html"
    assert after[unrelated] == before[unrelated]


def test_a_deleted_record_leaves_no_page_behind(tmp_path: Path) -> None:
    build(small(tmp_path))
    (tmp_path / "registry/documents/vi-du/an-binh/ke-hoach-thu.yaml").unlink()
    build(tmp_path)
    assert not (tmp_path / "site/documents").exists()


def test_a_page_that_somebody_edited_is_made_again(tmp_path: Path) -> None:
    build(small(tmp_path))
    expected = files(tmp_path / "site")
    page = tmp_path / "site/bodies/vi-du/an-binh/ubnd/index.html"
    page.write_bytes(page.read_bytes()[:-7] + b"nonsense"[:7])
    assert build(tmp_path).rendered == 1
    assert files(tmp_path / "site") == expected


def test_force_renders_every_page(tmp_path: Path) -> None:
    build(small(tmp_path))
    report = build(tmp_path, force=True)
    assert report.rendered == report.pages


@pytest.mark.parametrize("garbage", [b"", b"not json", b'{"version": 1, "files": {"a": 3}}'])
def test_a_damaged_marker_means_only_that_all_is_rendered(tmp_path: Path, garbage: bytes) -> None:
    report = build(small(tmp_path))
    expected = files(tmp_path / "site")
    (tmp_path / "site" / MARKER).write_bytes(garbage)
    assert build(tmp_path).rendered == report.pages
    assert files(tmp_path / "site") == expected


def test_damaged_caches_give_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path / "cache"))
    build(small(tmp_path / "r"))
    expected = files(tmp_path / "r/site")
    caches = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert {"guide-vi.json", "guide-en.json", "records.json"} <= {path.name for path in caches}
    for path in caches:
        path.write_bytes(path.read_bytes()[:40] + b"garbage")
    build(tmp_path / "r", force=True)
    assert files(tmp_path / "r/site") == expected


def test_registries_without_pages_of_their_own_share_what_mkdocs_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path / "cache"))
    build(small(tmp_path / "one"))
    own = small(tmp_path / "own") / "site_src/pages"
    own.mkdir(parents=True)
    (own / "index.md").write_text("# Sổ của xã\n", encoding="utf-8")
    called: list[Path] = []
    monkeypatch.setattr(guide, "run_mkdocs", lambda root, *_: called.append(root) or kept)
    [kept, *_] = guide.guides(small(tmp_path / "two"), program_digest(), ["vi", "en"])
    assert called == []
    guide.guides(tmp_path / "own", program_digest(), ["vi", "en"])
    assert called == [tmp_path / "own"] * 2


def test_a_build_after_another_compiles_no_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(small(tmp_path / "one"))
    monkeypatch.setattr(Environment, "_generate", None)
    build(small(tmp_path / "two"))
    changed = tmp_path / "three/site_src/theme/records/body.html"
    changed.parent.mkdir(parents=True)
    changed.write_text("{{ name }}", encoding="utf-8")
    with pytest.raises(TypeError):
        build(small(tmp_path / "three"))


# The same bytes everywhere


def test_folder_locale_time_zone_and_hash_seed_do_not_change_a_byte(tmp_path: Path) -> None:
    one, two = vi_du(tmp_path / "one"), vi_du(tmp_path / "some/where/else")
    command = ("-m", "builder", "--root")
    first = python(
        *command, str(one), "build", PYTHONHASHSEED="1", TZ="Asia/Ho_Chi_Minh", LC_ALL="C.UTF-8"
    )
    second = python(*command, str(two), "build", PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert files(one / "site") == files(two / "site")


def test_plain_mkdocs_gives_the_same_site(tmp_path: Path, root: Path) -> None:
    registry = vi_du(tmp_path / "registry-root")
    (registry / "mkdocs.yml").write_bytes((root / "mkdocs.yml").read_bytes())
    assert run(registry, "--out", str(tmp_path / "ours")).returncode == 0
    pages = registry / "site_src/pages"
    pages.parent.mkdir()
    pages.symlink_to(root / "site_src/pages", target_is_directory=True)
    done = python(
        "-m", "mkdocs", "build", "-q", "-f", str(registry / "mkdocs.yml"),
        "-d", str(tmp_path / "theirs"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "theirs") == files(tmp_path / "ours")


# What a failure leaves behind


def test_records_that_do_not_load_leave_the_old_site(tmp_path: Path) -> None:
    build(small(tmp_path))
    expected = files(tmp_path / "site")
    small(tmp_path, {"bodies/vi-du/an-binh/ubnd": BODY + "unheard_of: 1\n"})
    with pytest.raises(NotLoadable):
        build(tmp_path)
    assert files(tmp_path / "site") == expected


def test_a_template_that_fails_is_named_and_leaves_the_old_site(tmp_path: Path) -> None:
    build(small(tmp_path))
    expected = files(tmp_path / "site")
    own = tmp_path / "site_src/theme/records/body.html"
    own.parent.mkdir(parents=True)
    own.write_text("{{ there_is_no_such_thing }}")
    done = run(tmp_path)
    assert done.returncode == 2
    assert "body.html" in done.stderr
    assert "there_is_no_such_thing" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(tmp_path / "site") == expected
    assert not (tmp_path / ".site.before").exists()


@pytest.mark.parametrize("step", ["stamp_all", "search_files", "manifest"])
def test_a_killed_build_leaves_the_old_site_and_the_next_one_works(
    tmp_path: Path, step: str
) -> None:
    build(small(tmp_path))
    expected = files(tmp_path / "site")

    def killed() -> None:
        builder = os.getpid()
        setattr(module, step, lambda *_: os.kill(builder, signal.SIGKILL))
        build(tmp_path, force=True)

    assert forked(killed) == -signal.SIGKILL
    assert files(tmp_path / "site") == expected
    assert build(tmp_path).rendered == 0
    assert files(tmp_path / "site") == expected
    assert files(tmp_path / ".site.before") == expected


def test_a_build_killed_between_two_renames_is_undone_by_the_next(tmp_path: Path) -> None:
    build(small(tmp_path))
    expected = files(tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.old")
    assert build(tmp_path).rendered == 0
    assert files(tmp_path / "site") == expected
    assert not (tmp_path / ".site.old").exists()


def test_a_full_disk_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(small(tmp_path))
    expected = files(tmp_path / "site")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("builder.site.output.Staging.write", full)
    with pytest.raises(RegistryError, match="No space left"):
        build(tmp_path, force=True)
    assert files(tmp_path / "site") == expected


def test_two_builds_at_once_are_refused_with_a_clear_message(tmp_path: Path) -> None:
    small(tmp_path)
    with staging(tmp_path / "site"):
        done = run(tmp_path, "--no-search")
        assert done.returncode == 2
        assert "another build is writing" in done.stderr
    assert run(tmp_path, "--no-search").returncode == 0


def test_a_folder_that_no_build_made_is_never_touched(tmp_path: Path) -> None:
    small(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.txt").write_text("years of work")
    done = run(tmp_path)
    assert done.returncode == 2
    assert "no build has written" in done.stderr
    assert files(tmp_path / "site") == {"thesis.txt": b"years of work"}


def test_the_records_themselves_are_no_place_for_a_site(tmp_path: Path) -> None:
    small(tmp_path)
    for place in ("registry/site", "registry", "."):
        done = run(tmp_path, "--out", str(tmp_path / place))
        assert done.returncode == 2, place
        assert not (tmp_path / "registry/site").exists()
