"""What stands beside the pages of records, and where links lead out of the site."""

import hashlib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from builder.findings import RegistryError
from builder.models.settings import Forge, Settings
from builder.site.build import build
from builder.site.links import RecordLinks, record_links
from tests.registries import DOCUMENT, write
from tests.site.rendered import site_on

PLAN = "documents/vi-du/an-binh/ke-hoach-thu"
CITING = "documents/vi-du/an-binh/thong-bao"
SCAN = b"%PDF-1.7 ban chup"
FILE = "ke-hoach-thu.ban-goc.pdf"
ATTACHED = DOCUMENT + (
    f"attachments:\n- {{file: {FILE}, title: Bản chụp có dấu, media_type: pdf,\n"
    f"   sha256: {hashlib.sha256(SCAN).hexdigest()}, size: {len(SCAN)}}}\n"
)
CITES = DOCUMENT.replace("01/KH", "02/KH") + f"relations: [{{type: cites, target: {PLAN}}}]\n"
FORGE = "https://forge.example/so/dang-ky"


def with_scan(root: Path, data: bytes = SCAN) -> Path:
    write(root, {PLAN: ATTACHED})
    (root / f"registry/documents/vi-du/an-binh/{FILE}").write_bytes(data)
    return root


def test_the_source_of_a_record_stands_beside_its_page_byte_for_byte(tmp_path: Path) -> None:
    root = write(tmp_path / "registry")
    build(root, tmp_path / "site", full_text=False)
    given = (tmp_path / f"site/{PLAN}/ban-ghi.yaml").read_bytes()
    assert given == (root / f"registry/{PLAN}.yaml").read_bytes()
    assert (f"../../../../{PLAN}/ban-ghi.yaml", "Tải bản ghi (tệp YAML)") in site_on(root)[
        f"{PLAN}/"
    ].links


def test_a_record_that_refers_to_an_internal_one_is_not_given_out(tmp_path: Path) -> None:
    internal = DOCUMENT.replace("access: public", "access: internal")
    root = write(tmp_path / "registry", {PLAN: internal, CITING: CITES})
    build(root, tmp_path / "site", full_text=False)
    assert not (tmp_path / f"site/{CITING}/ban-ghi.yaml").exists()
    assert not (tmp_path / f"site/{PLAN}").exists()
    assert "Tải bản ghi" not in site_on(root)[f"{CITING}/"].text


def test_an_original_stands_beside_the_page_with_its_size_and_digest(tmp_path: Path) -> None:
    root = with_scan(tmp_path / "registry")
    build(root, tmp_path / "site", full_text=False)
    assert (tmp_path / f"site/{PLAN}/{FILE}").read_bytes() == SCAN
    page = site_on(root)[f"{PLAN}/"]
    assert (f"../../../../{PLAN}/{FILE}", "Bản chụp có dấu") in page.links
    assert hashlib.sha256(SCAN).hexdigest() in page.text
    assert "(PDF, 17 byte)" in page.text
    assert f'download="{FILE}" type="application/pdf"' in page.html


def test_an_original_with_another_digest_stops_the_build(tmp_path: Path) -> None:
    root = with_scan(tmp_path / "registry", b"%PDF-1.7 ban khac!")
    with pytest.raises(RegistryError, match="not the file that its record names"):
        build(root, tmp_path / "site", full_text=False)
    assert not (tmp_path / "site").exists()


def test_a_link_out_of_the_tree_is_never_followed_to_an_original(tmp_path: Path) -> None:
    root = with_scan(tmp_path / "registry")
    (tmp_path / "elsewhere").write_bytes(SCAN)
    place = root / f"registry/documents/vi-du/an-binh/{FILE}"
    place.unlink()
    place.symlink_to(tmp_path / "elsewhere")
    try:
        build(root, tmp_path / "site", full_text=False)
    except Exception:  # noqa: BLE001  (refused in whatever words)
        return
    assert not (tmp_path / f"site/{PLAN}/{FILE}").exists()


def test_where_no_original_is_held_the_page_says_so_and_names_the_source(tmp_path: Path) -> None:
    text = DOCUMENT.replace("supports:", "url: 'https://bao.example/tin', supports:")
    page = site_on(write(tmp_path, {PLAN: text}))[f"{PLAN}/"]
    assert "Sổ đăng ký không giữ bản gốc hay bản chụp của văn bản này." in page.text
    assert ("https://bao.example/tin", "Dữ liệu thử") in page.links


def test_links_to_a_forge_are_those_of_its_kind() -> None:
    def links(kind: str) -> RecordLinks:
        settings = Settings(forge=Forge(kind=kind, url=FORGE, branch="main"))  # type: ignore[arg-type]
        return record_links(settings, "registry/rules/a b.yaml", "Tên & họ")

    place = "main/registry/rules/a%20b.yaml"
    assert links("github")[:2] == (f"{FORGE}/edit/{place}", f"{FORGE}/blob/{place}")
    assert links("gitlab")[:2] == (f"{FORGE}/-/edit/{place}", f"{FORGE}/-/blob/{place}")
    assert links("forgejo")[:2] == (f"{FORGE}/_edit/{place}", f"{FORGE}/src/branch/{place}")
    query = parse_qs(urlsplit(links("github").report).query)
    assert query["title"] == ["Báo lỗi: Tên & họ"]
    assert "registry/rules/a b.yaml" in query["body"][0]
    assert query["ban-ghi"] == ["registry/rules/a b.yaml"]


def test_readers_report_to_the_mailbox_if_there_is_one_and_nowhere_without_settings() -> None:
    found = record_links(Settings(contact="so@vi-du.example"), "registry/a.yaml", "Tên & họ")
    assert found.report.startswith("mailto:so@vi-du.example?subject=B%C3%A1o%20l%E1%BB%97i")
    assert "&body=" in found.report
    assert found.edit == found.file == ""
    assert record_links(Settings(), "registry/a.yaml", "Tên") == RecordLinks()


def test_a_page_shows_the_links_that_the_settings_give(tmp_path: Path) -> None:
    root = write(tmp_path)
    assert "Sửa trang này" not in site_on(root)[f"{PLAN}/"].text
    (root / "registry/settings.yaml").write_text(
        f"forge: {{kind: github, url: '{FORGE}', branch: main}}\n", encoding="utf-8"
    )
    page = site_on(root)[f"{PLAN}/"]
    assert (f"{FORGE}/edit/main/registry/{PLAN}.yaml", "Sửa trang này") in page.links
    assert (f"{FORGE}/blob/main/registry/{PLAN}.yaml", "Xem tệp trên kho mã") in page.links
    assert "Báo lỗi" in page.text


def test_where_editing_is_switched_on_the_link_leads_to_the_form_of_the_record(
    tmp_path: Path,
) -> None:
    root = write(tmp_path)
    (root / "registry/settings.yaml").write_text(
        f"forge: {{kind: github, url: '{FORGE}', branch: main}}\n"
        "editing: {backend: github, repo: vi-du/kho}\n",
        encoding="utf-8",
    )
    links = site_on(root)[f"{PLAN}/"].links
    kind, _, name = PLAN.partition("/")
    up = "../" * (PLAN.count("/") + 1)
    assert (f"{up}admin/#/collections/{kind}/entries/{name}", "Sửa trang này") in links
    assert (f"{FORGE}/blob/main/registry/{PLAN}.yaml", "Xem tệp trên kho mã") in links
